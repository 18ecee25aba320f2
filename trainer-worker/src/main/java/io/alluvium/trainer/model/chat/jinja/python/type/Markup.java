package io.alluvium.trainer.model.chat.jinja.python.type;

/** A text that was marked as safe for HTML: what is added to it is escaped. */
public record Markup(String text) {
  /** A value as such a text: escaped, unless it is one. */
  public static Markup escape(Object value) {
    if (value instanceof Markup safe) {
      return safe;
    }
    return new Markup(
        Repr.str(value)
            .replace("&", "&amp;")
            .replace(">", "&gt;")
            .replace("<", "&lt;")
            .replace("'", "&#39;")
            .replace("\"", "&#34;"));
  }
}
