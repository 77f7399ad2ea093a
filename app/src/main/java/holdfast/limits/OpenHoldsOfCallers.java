package holdfast.limits;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;

import holdfast.http.WhoCalls;
import holdfast.reservation.Register;
import holdfast.reservation.RegisterEntry;
import holdfast.reservation.ReservationCommand;
import holdfast.reservation.ReservationCommand.Confirm;
import holdfast.reservation.ReservationCommand.Release;
import holdfast.reservation.ReservationCommand.Reserve;

import org.axonframework.commandhandling.CommandMessage;
import org.axonframework.messaging.InterceptorChain;
import org.axonframework.messaging.MessageHandlerInterceptor;
import org.axonframework.messaging.unitofwork.UnitOfWork;
import org.jspecify.annotations.Nullable;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;

import java.time.Clock;

/** Lets a caller place a hold as long as it has not too many open. */
final class OpenHoldsOfCallers implements MessageHandlerInterceptor<CommandMessage<?>> {

    private static final int MOST_CALLERS = 100_000;

    private final Clock clock;
    private final int most;
    private final Register register;
    private final Cache<String, OpenHolds> callers =
            Caffeine.newBuilder().maximumSize(MOST_CALLERS).build();

    OpenHoldsOfCallers(LimitSettings settings, Register register, Clock clock) {
        this.most = settings.openHolds();
        this.register = register;
        this.clock = clock;
    }

    @Override
    public @Nullable Object handle(
            UnitOfWork<? extends CommandMessage<?>> work, InterceptorChain chain) throws Exception {
        if (most == 0
                || !(work.getMessage().getPayload() instanceof ReservationCommand command)
                || !(RequestContextHolder.getRequestAttributes()
                        instanceof ServletRequestAttributes asked)) {
            return chain.proceed();
        }
        var holds =
                callers.get(WhoCalls.of(asked.getRequest()), _ -> new OpenHolds(most, register));
        return switch (command) {
            case Reserve _ -> place(holds, work, chain);
            case Confirm _, Release _ -> {
                work.afterCommit(_ -> holds.ended(command.reservation()));
                yield chain.proceed();
            }
            default -> chain.proceed();
        };
    }

    private @Nullable Object place(
            OpenHolds holds, UnitOfWork<? extends CommandMessage<?>> work, InterceptorChain chain)
            throws Exception {
        holds.beginPlacing(clock.instant());
        work.onRollback(_ -> holds.notPlaced());
        var placed = chain.proceed();
        if (placed instanceof RegisterEntry entry) {
            work.afterCommit(_ -> holds.placed(entry.reservation(), entry.expiresAt()));
        } else {
            work.afterCommit(_ -> holds.notPlaced());
        }
        return placed;
    }
}
