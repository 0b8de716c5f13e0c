package io.graphqlfiles.quarkus;

import io.graphqlfiles.FileSourceType;
import io.graphqlfiles.spi.Visibility;
import io.smallrye.graphql.api.Directive;
import io.smallrye.graphql.api.DirectiveLocation;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The rules of a {@link io.graphqlfiles.StoredFile}, or a list of them, in a class that SmallRye GraphQL makes a type
 * of: {@code @file} of the schema. On a field, a record component, a getter or setter, or an argument of an operation.
 *
 * <p>What is not said is as the directive has it; numbers and Booleans are given as one value, {@code minWidth = 200},
 * and are arrays only because annotations know no null. A class that is both an output and an input type says its rules
 * once.
 */
@Directive(
        on = {
            DirectiveLocation.FIELD_DEFINITION,
            DirectiveLocation.INPUT_FIELD_DEFINITION,
            DirectiveLocation.ARGUMENT_DEFINITION
        })
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.FIELD, ElementType.METHOD, ElementType.PARAMETER})
public @interface File {

    /** On inputs: the output field whose rules apply, for example {@code Product.image}. */
    String field() default "";

    /** On inputs, together with {@code field}: where in the mutation's result the record is, for attached files. */
    String owner() default "";

    /** On inputs, together with {@code field}: where in the result it says whether the record has taken the file. */
    String when() default "";

    /** Name of the store that keeps the files. Default: the application's default store. */
    String store() default "";

    /** Who may read the files by URL. */
    Visibility visibility() default Visibility.PRIVATE;

    /**
     * The largest file, inclusive: {@code 512}, {@code 64KB}, {@code 5MB}, {@code 1GB}. Default: the server's limit.
     */
    String maxSize() default "";

    /** The smallest file, inclusive. */
    String minSize() default "";

    /** The content types to accept, as in HTML. Default: all. */
    String[] accept() default {};

    /** The maximum number of files in a list, inclusive. Default: the limit of a request. */
    int[] maxCount() default {};

    /** The sources that the file may come from. Default: all. */
    FileSourceType[] sources() default {};

    /** On fields of output types: whether the library attaches the files to their record. */
    boolean[] attached() default {};

    /** For attached files: the field of the record that holds its id. */
    String ownerId() default "id";

    /** The maximum number of pixels of a picture or film, inclusive: {@code 480000} or {@code 50MP}. Default: any. */
    String maxPixels() default "";

    /** The minimum width in pixels, inclusive. Default: any. */
    int[] minWidth() default {};

    /** The maximum width in pixels, inclusive. Default: any. */
    int[] maxWidth() default {};

    /** The minimum height in pixels, inclusive. Default: any. */
    int[] minHeight() default {};

    /** The maximum height in pixels, inclusive. Default: any. */
    int[] maxHeight() default {};

    /** The aspect ratio, {@code 16:9}, or the narrowest and the widest, inclusive, {@code 4:5-16:9}. Default: any. */
    String aspectRatio() default "";

    /** Whether metadata is removed from pictures. */
    boolean[] stripMetadata() default {};
}
