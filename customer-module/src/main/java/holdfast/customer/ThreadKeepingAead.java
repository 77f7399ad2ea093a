package holdfast.customer;

import com.google.crypto.tink.Aead;

import java.security.GeneralSecurityException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Encrypts on a few threads of its own. Tink draws nonces from a generator that it keeps per
 * thread, and to make one it searches the class path; a request has a new virtual thread and would
 * pay for that each time, which is more than all other work of a confirmation. Decrypting draws
 * nothing and stays on the caller's thread.
 */
record ThreadKeepingAead(Aead aead) implements Aead {

    private static final ExecutorService THREADS =
            Executors.newFixedThreadPool(
                    Math.max(2, Runtime.getRuntime().availableProcessors() / 2),
                    Thread.ofPlatform().daemon().name("sealing-", 0).factory());

    @Override
    public byte[] encrypt(byte[] plain, byte[] context) throws GeneralSecurityException {
        try {
            return THREADS.submit(() -> aead.encrypt(plain, context)).get();
        } catch (ExecutionException failed) {
            throw new GeneralSecurityException(failed.getCause());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new GeneralSecurityException("Interrupted while sealing", interrupted);
        }
    }

    @Override
    public byte[] decrypt(byte[] sealed, byte[] context) throws GeneralSecurityException {
        return aead.decrypt(sealed, context);
    }
}
