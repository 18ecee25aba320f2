package io.alluvium.trainer.model.chat.jinja.scope;

import java.util.Set;

/**
 * What a template may name.
 *
 * @param filters names of all filters
 * @param tests names of all tests
 */
public record Vocabulary(Set<String> filters, Set<String> tests) {}
