package holdfast.eventstore;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.SchedulerName;
import com.github.kagkarlsson.scheduler.boot.config.DbSchedulerCustomizer;
import com.github.kagkarlsson.scheduler.task.ExecutionComplete;
import com.github.kagkarlsson.scheduler.task.ExecutionOperations;
import com.github.kagkarlsson.scheduler.task.Task;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;

import org.axonframework.common.transaction.TransactionManager;
import org.axonframework.config.ConfigurationScopeAwareProvider;
import org.axonframework.deadline.DeadlineManager;
import org.axonframework.deadline.dbscheduler.DbSchedulerBinaryDeadlineDetails;
import org.axonframework.deadline.dbscheduler.DbSchedulerDeadlineManager;
import org.axonframework.messaging.correlation.CorrelationDataProvider;
import org.axonframework.messaging.interceptors.CorrelationDataInterceptor;
import org.axonframework.serialization.Serializer;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Deadlines that survive: rows in the database, written in the transaction that asks for them and
 * carried out by whichever node comes first.
 *
 * <p>A deadline may fire twice, if a node dies after its work and before the row is gone.
 */
@Configuration(proxyBeanMethods = false)
class DeadlineConfiguration {

    private static final Duration FIRST_PAUSE = Duration.ofMillis(200);
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);

    @Bean
    DbSchedulerCustomizer schedulerPerNode(Node node) {
        return new DbSchedulerCustomizer() {
            @Override
            public Optional<SchedulerName> schedulerName() {
                return Optional.of(new SchedulerName.Fixed(node.name()));
            }
        };
    }

    @Bean
    Task<DbSchedulerBinaryDeadlineDetails> deadlineTask(
            ObjectProvider<DbSchedulerDeadlineManager> deadlines) {
        var task = DbSchedulerDeadlineManager.binaryTask(deadlines::getObject);
        return Tasks.oneTime(task.getTaskName(), DbSchedulerBinaryDeadlineDetails.class)
                .onFailure(DeadlineConfiguration::tryAgainSoon)
                .execute(task::execute);
    }

    /**
     * Never gives up: what a deadline tidies stays untidy until it has run. The pause doubles,
     * since most failures are a lost race and the others are an absent database.
     */
    private static void tryAgainSoon(
            ExecutionComplete failed,
            ExecutionOperations<DbSchedulerBinaryDeadlineDetails> operations) {
        int doublings = Math.min(failed.getExecution().consecutiveFailures, 16);
        Duration pause = FIRST_PAUSE.multipliedBy(1L << doublings);
        if (pause.compareTo(LONGEST_PAUSE) > 0) {
            pause = LONGEST_PAUSE;
        }
        operations.reschedule(failed, failed.getTimeDone().plus(pause));
    }

    @Bean
    DeadlineManager deadlineManager(
            Scheduler scheduler,
            org.axonframework.config.Configuration axon,
            Serializer serializer,
            TransactionManager transactions,
            List<CorrelationDataProvider> origins) {
        var deadlines =
                DbSchedulerDeadlineManager.builder()
                        .scheduler(scheduler)
                        .scopeAwareProvider(new ConfigurationScopeAwareProvider(axon))
                        .serializer(serializer)
                        .transactionManager(transactions)
                        .startScheduler(false) // Spring does both
                        .stopScheduler(false)
                        .build();
        // Axon adds this to every bus but not here; without it an expiry would belong to no tenant.
        deadlines.registerHandlerInterceptor(new CorrelationDataInterceptor<>(origins));
        return deadlines;
    }
}
