package holdfast.catalogue;

/**
 * Why a request that was understood is not carried out. Each module seals its own refusals below
 * this type and gives each its problem type at its HTTP edge.
 */
public interface Refusal {}
