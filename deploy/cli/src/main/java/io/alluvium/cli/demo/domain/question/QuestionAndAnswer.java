package io.alluvium.cli.demo.domain.question;

/**
 * A question and what is to be answered.
 *
 * @param prompt the question, printable ASCII, without a trailing space
 * @param completion the answer, beginning with the space that separates it from the question
 */
public record QuestionAndAnswer(String prompt, String completion) {}
