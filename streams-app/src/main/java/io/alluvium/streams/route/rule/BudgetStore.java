package io.alluvium.streams.route.rule;

import io.alluvium.streams.novelty.candidate.Candidate;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.api.ProcessingContext;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/**
 * What adapters have used of their budgets: 12 bytes for each account, until its time is over by
 * the log's.
 */
public final class BudgetStore {
  /** Its name. */
  public static final String STORE = "route-spending";

  private static final int ACCOUNTS_A_SWEEP = 10_000;
  private static final String FIRST = "";

  private final KeyValueStore<String, byte[]> store;
  private long latestMs = Long.MIN_VALUE;
  private String sweptTo = FIRST;

  /** Over the store that {@link #store} made. */
  public BudgetStore(ProcessingContext context) {
    this.store = context.getStateStore(STORE);
  }

  /** On disk, changelogged, written once per commit. */
  public static StoreBuilder<?> store() {
    return Stores.keyValueStoreBuilder(
            Stores.persistentKeyValueStore(STORE), Serdes.String(), Serdes.ByteArray())
        .withCachingEnabled();
  }

  /** Takes one from every budget that covers a candidate, or from none and says which is spent. */
  public Optional<Budget> spend(Candidate candidate, List<Budget> budgets, long logTimeMs) {
    latestMs = Math.max(latestMs, logTimeMs);
    if (budgets.isEmpty()) {
      return Optional.empty();
    }
    List<Budget> covering = budgets.stream().filter(each -> each.covers(candidate)).toList();
    Optional<Budget> spent =
        covering.stream()
            .filter(each -> used(candidate, each, logTimeMs) >= each.records())
            .findFirst();
    if (spent.isEmpty()) {
      covering.forEach(each -> use(candidate, each, logTimeMs));
    }
    return spent;
  }

  private int used(Candidate candidate, Budget budget, long logTimeMs) {
    byte[] account = store.get(key(candidate, budget));
    if (account == null) {
      return 0;
    }
    ByteBuffer written = ByteBuffer.wrap(account);
    return written.getLong() == budget.period(logTimeMs) ? written.getInt() : 0;
  }

  private void use(Candidate candidate, Budget budget, long logTimeMs) {
    int now = used(candidate, budget, logTimeMs) + 1;
    store.put(
        key(candidate, budget),
        ByteBuffer.allocate(Long.BYTES + Integer.BYTES)
            .putLong(budget.period(logTimeMs))
            .putInt(now)
            .array());
  }

  /** Lets go of accounts of a time that is over; a call for each stretch, round and round. */
  public void sweep() {
    if (latestMs == Long.MIN_VALUE) {
      return;
    }
    List<String> over = new ArrayList<>();
    try (KeyValueIterator<String, byte[]> accounts = store.range(sweptTo, null)) {
      for (int read = 0; read < ACCOUNTS_A_SWEEP && accounts.hasNext(); read++) {
        KeyValue<String, byte[]> account = accounts.next();
        if (Budget.isOver(account.key, ByteBuffer.wrap(account.value).getLong(), latestMs)) {
          over.add(account.key);
        }
        sweptTo = account.key;
      }
      sweptTo = accounts.hasNext() ? sweptTo : FIRST;
    }
    over.forEach(store::delete);
  }

  private static String key(Candidate candidate, Budget budget) {
    return candidate.adapter() + "\0" + budget.account(candidate);
  }
}
