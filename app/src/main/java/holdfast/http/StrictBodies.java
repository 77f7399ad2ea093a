package holdfast.http;

import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpInputMessage;
import org.springframework.http.HttpOutputMessage;
import org.springframework.http.MediaType;
import org.springframework.http.converter.AbstractHttpMessageConverter;
import org.springframework.http.converter.HttpMessageNotWritableException;

import java.io.IOException;

/** Reads request bodies into records by {@link StrictJson}. */
final class StrictBodies extends AbstractHttpMessageConverter<Record> {

    StrictBodies() {
        super(MediaType.APPLICATION_JSON, new MediaType("application", "*+json"));
    }

    @Override
    protected boolean supports(Class<?> type) {
        return type.isRecord();
    }

    @Override
    public boolean canWrite(Class<?> type, @Nullable MediaType mediaType) {
        return false;
    }

    /** Null for the document {@code null}, which Spring takes for no body at all. */
    @Override
    @SuppressWarnings("NullAway") // Spring looks whether a body was needed
    protected Record readInternal(Class<? extends Record> type, HttpInputMessage message)
            throws IOException {
        return StrictJson.readOrNull(message.getBody(), type);
    }

    @Override
    protected void writeInternal(Record value, HttpOutputMessage message)
            throws HttpMessageNotWritableException {
        throw new HttpMessageNotWritableException("Answers are written by Jackson");
    }
}
