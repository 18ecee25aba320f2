/**
 * Secrets and personal data in texts: keys, credentials, card and account numbers, addresses.
 *
 * <p>Enters: a text. Leaves: where what was found, or the text with masks in its place. Pure; any
 * thread. One pass without regular expressions. What begins where, the rooms below say, in this
 * order: characters, keys, literals, what is named a secret, personal data, telephones.
 *
 * <p><b>Secrets</b>: values named as password, token or key in configuration, code, calls ({@code
 * setPassword("…")}, {@code define("DB_PASSWORD", "…")}), markup, tables, URLs, commands ({@code
 * curl -u}, {@code mysql -p…}, {@code --password}) and sentences of several languages ({@code
 * Passwort lautet …}, {@code 密码是…}); issuers' prefixes, JSON web tokens, addresses of webhooks,
 * private keys (every PEM and OpenPGP block of a text), and strings of 32 characters or more with
 * both cases, digits and at least 4 bits of entropy a character that are cut into shorter words
 * than names are. Hexadecimal strings, UUIDs, digests in base 64, public keys, certificates, data
 * URIs, lines of longer base 64, base 64 that reads as text, and parts of addresses of pages pass.
 * A value is none where it is code that draws or looks one up ({@code secrets.token_hex(16)},
 * {@code os.environ[…]}, {@code ${VAR}}), a name of a variable, type or procedure, a placeholder or
 * a path; so a password that is one word in small letters without digits, or looks like a name
 * ({@code userToken1} without quotes) passes, and so does what is called by a name that is not in
 * the list ({@code SecretNames}). E-mail: not {@code git@host:path}, targets of ssh and scp,
 * shells' prompts, packages, decorators, units, files, hosts in {@code .local} and the like.
 * Telephones: + or 00 with a country's code and its length, the forms of North America, Britain,
 * Germany, France, East Asia, Russia and Brazil, and other groups of digits behind a word that
 * announces a number; terms of sums, ISBNs, dates, years, bytes, postal codes and numbers of
 * invoices and files are left. Cards: issuer, length, Luhn, and the groups that cards show, with an
 * expiry or code behind them or not, no decimals and no columns of a table. IBANs: 89 countries'
 * lengths and a remainder of 1, in capitals. Figures (streams-app/bench/BENCHMARKS.md). A
 * rejection's detail says kind, length and place and nothing of the content, and its raw value is
 * left out; so is that of a masked example that a later stage refuses. The origin has both, for as
 * long as {@code examples} is kept.
 */
@NullMarked
package io.alluvium.streams.admit.secret;

import org.jspecify.annotations.NullMarked;
