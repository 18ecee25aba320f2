package io.alluvium.streams.policy;

import io.alluvium.schemas.Policy;
import io.alluvium.schemas.record.SendLimit;
import io.alluvium.streams.policy.document.EffectivePolicy;
import io.alluvium.streams.policy.document.PolicyException;
import io.alluvium.streams.policy.document.PolicyForm;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Every version of every policy, and which is in force when. Any thread.
 *
 * <p>In force for an adapter at a log time is the highest version among its own that are effective
 * by then; without one, the highest of {@code *}; without one, the configuration. The answer
 * depends on the log alone and not on when a policy arrived here, provided that it arrived before
 * the first record that it is for.
 */
public final class PolicyBook {
  /** The adapter of a policy for all that have none of their own. */
  public static final String EVERYBODY = "*";

  private final PolicyForm form;
  private final EffectivePolicy configured;
  private final Map<String, List<Dated>> versions = new ConcurrentHashMap<>();

  /** With no policy but the configuration. */
  public PolicyBook(PolicyForm form) {
    this.form = form;
    this.configured = form.configured();
  }

  /** How large a record may become by what any policy permits. */
  public SendLimit limit() {
    return form.limit();
  }

  /** The key under which a policy stands on its topic. */
  public static String key(Policy policy) {
    return policy.getAdapter() + "@" + policy.getVersion();
  }

  /**
   * What is in force.
   *
   * @param adapter whose rules are asked
   * @param logTimeMs largest timestamp of the partition so far, milliseconds since the epoch
   */
  public EffectivePolicy of(String adapter, long logTimeMs) {
    EffectivePolicy own = at(versions.get(adapter), logTimeMs);
    if (own != null) {
      return own;
    }
    EffectivePolicy everybody = at(versions.get(EVERYBODY), logTimeMs);
    return everybody == null ? configured : everybody;
  }

  private static @Nullable EffectivePolicy at(@Nullable List<Dated> versions, long logTimeMs) {
    if (versions == null) {
      return null;
    }
    for (Dated one : versions) {
      if (one.fromMs <= logTimeMs) {
        return one.effective;
      }
    }
    return null;
  }

  /**
   * Takes a policy in; a version that is there already stays as it is.
   *
   * @return whether it was new
   * @throws PolicyException when it cannot be one; the book is unchanged
   */
  public boolean take(Policy policy) {
    check(policy);
    long version = policy.getVersion();
    List<Dated> before = versions.getOrDefault(policy.getAdapter(), List.of());
    if (before.stream().anyMatch(one -> one.version == version)) {
      return false;
    }
    Dated added =
        new Dated(
            version,
            policy.getEffectiveFrom().toEpochMilli(),
            form.parse(key(policy), policy.getDocument()));
    versions.put(policy.getAdapter(), sorted(before, added));
    return true;
  }

  private static List<Dated> sorted(List<Dated> before, Dated added) {
    return Stream.concat(before.stream(), Stream.of(added))
        .sorted(Comparator.comparingLong(Dated::version).reversed())
        .toList();
  }

  private static void check(Policy policy) {
    if (policy.getVersion() < 1) {
      throw new PolicyException("version is %d, must be at least 1".formatted(policy.getVersion()));
    }
    if (policy.getEffectiveFrom().isBefore(policy.getCreatedAt())) {
      throw new PolicyException(
          "effectiveFrom %s is before createdAt %s: what was decided stays decided"
              .formatted(policy.getEffectiveFrom(), policy.getCreatedAt()));
    }
  }

  private record Dated(long version, long fromMs, EffectivePolicy effective) {}
}
