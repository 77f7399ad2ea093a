package holdfast.scheduling;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

import holdfast.catalogue.PoolId;
import holdfast.catalogue.ResourceId;

/**
 * Names what is used up by a visit: the places of one virtual pool, or those of one named resource.
 * Its text is the pool's or the resource's id; a catalogue never gives both the same.
 */
public record PlacesId(@JsonValue String text) {

    @JsonCreator
    public static PlacesId of(String text) {
        return new PlacesId(text);
    }

    public static PlacesId of(PoolId pool) {
        return new PlacesId(pool.text());
    }

    public static PlacesId of(ResourceId resource) {
        return new PlacesId(resource.text());
    }

    @Override
    public String toString() {
        return text;
    }
}
