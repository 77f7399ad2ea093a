package holdfast.catalogue.web;

import holdfast.catalogue.Refuses;

import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.enums.ParameterIn;
import io.swagger.v3.oas.annotations.headers.Header;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** What all calls that put one entry of the catalogue have in common. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
@Parameter(name = "dryRun", in = ParameterIn.QUERY, description = "Only tell what would change")
@Parameter(
        name = "If-Match",
        in = ParameterIn.HEADER,
        description = "The `ETag` of the entry as you read it; `*` if it only has to exist")
@ApiResponse(
        responseCode = "200",
        description = "Replaced",
        headers =
                @Header(
                        name = "ETag",
                        description = "Of the entry as it stands now; not after a dry run",
                        schema = @Schema(type = "string")),
        useReturnTypeSchema = true)
@ApiResponse(
        responseCode = "201",
        description = "Added",
        headers =
                @Header(
                        name = "ETag",
                        description = "Of the entry as it stands now; not after a dry run",
                        schema = @Schema(type = "string")),
        useReturnTypeSchema = true)
@Refuses({"entry-changed", "catalogue-faulty"})
@interface PutsEntry {}
