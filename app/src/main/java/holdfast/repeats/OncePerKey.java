package holdfast.repeats;

import holdfast.catalogue.LostRace;
import holdfast.catalogue.Refused;
import holdfast.reservation.Register;
import holdfast.reservation.ReservationCommand;
import holdfast.scheduling.ReservationId;

import org.axonframework.commandhandling.CommandMessage;
import org.axonframework.messaging.InterceptorChain;
import org.axonframework.messaging.MessageHandlerInterceptor;
import org.axonframework.messaging.unitofwork.UnitOfWork;
import org.jspecify.annotations.Nullable;

/**
 * Lets the first command of a request happen once per key, as surely as the database commits: the
 * key's row goes along with what the command writes, and a second one is refused by the primary
 * key.
 *
 * <p>Nobody looks for the row beforehand, so that a request that comes for the first time pays
 * nothing for it. Only where a command lost a race or was refused, which is what happens to a
 * repeat, it is looked for.
 */
final class OncePerKey implements MessageHandlerInterceptor<CommandMessage<?>> {

    private final KeptAnswers answers;
    private final Register register;

    OncePerKey(KeptAnswers answers, Register register) {
        this.answers = answers;
        this.register = register;
    }

    @Override
    public @Nullable Object handle(
            UnitOfWork<? extends CommandMessage<?>> work, InterceptorChain chain) throws Exception {
        var request = KeyedRequest.current();
        if (request == null || request.hasHappened() || work.parent().isPresent()) {
            return chain.proceed();
        }
        var command =
                work.getMessage().getPayload() instanceof ReservationCommand about ? about : null;
        if (request.hasFailed()) {
            var earlier = answers.find(request);
            if (earlier != null) {
                return again(request, earlier, command, chain);
            }
        }
        answers.happens(request, command == null ? null : command.reservation().value());
        work.afterCommit(_ -> request.happened());
        work.onRollback(_ -> request.failed());
        try {
            return chain.proceed();
        } catch (Refused refused) {
            if (answers.find(request) != null) {
                throw new LostRace("The same request came first"); // to be done again, and found
            }
            throw refused;
        }
    }

    private @Nullable Object again(
            KeyedRequest request,
            Earlier earlier,
            @Nullable ReservationCommand command,
            InterceptorChain chain)
            throws Exception {
        if (earlier.answer != null || !earlier.isTheSameAs(request)) {
            request.meets(earlier);
            throw new MetEarlier();
        }
        // It happened, and its answer is not known: whoever worked on it died, or is about to keep
        // it. The answer is made from what stands in the register.
        request.happened();
        if (command == null || earlier.reservation == null) {
            return chain.proceed(); // a catalogue or a tenant: the second time changes nothing
        }
        return register.find(command.tenant(), new ReservationId(earlier.reservation))
                .orElseThrow(MetEarlier::new);
    }
}
