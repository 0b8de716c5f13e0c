package io.graphqlfiles.internal.variant;

import io.graphqlfiles.FileField;
import io.graphqlfiles.StoredFile;
import io.graphqlfiles.internal.blob.BlobStores;
import io.graphqlfiles.internal.blob.VariantKeys;
import io.graphqlfiles.internal.url.FileUrls;
import io.graphqlfiles.spi.BlobReference;
import io.graphqlfiles.spi.DirectAccess;
import io.graphqlfiles.spi.SignGetRequest;
import io.graphqlfiles.spi.SignPutRequest;
import io.graphqlfiles.spi.SignedRequest;
import io.graphqlfiles.spi.SignedUrl;
import io.graphqlfiles.spi.media.VariantRecipe;
import io.graphqlfiles.spi.media.VariantRecipe.Format;
import io.graphqlfiles.spi.media.VariantUrlSigner;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Which variants a file has, by the rules of the field through which it is read. No I/O. */
public final class FileVariants {

    private final BlobStores stores;
    private final VariantChoice choice;
    private final VariantMaking making;

    public FileVariants(BlobStores stores, VariantChoice choice, VariantMaking making) {
        this.stores = stores;
        this.choice = choice;
        this.making = making;
    }

    /**
     * A variant of a file, as clients see it.
     *
     * @param size null if that of the original is not known
     * @param wanted what its URL is asked for with
     */
    public record Variant(String name, String mimeType, VariantRecipe.@Nullable Size size, FileUrls.Wanted wanted) {}

    /** All variants, in the order in which the field declares them. */
    public List<Variant> all(FileField field, StoredFile file) {
        List<Variant> variants = new ArrayList<>();
        field.variants().forEach((name, recipe) -> {
            Variant variant = variant(name, recipe, file);
            if (variant != null) {
                variants.add(variant);
            }
        });
        return variants;
    }

    /** The variant of this name; null if the field declares none, or nobody makes it of such a file. */
    public @Nullable Variant find(FileField field, StoredFile file, String name) {
        VariantRecipe recipe = field.variants().get(name);
        return recipe == null ? null : variant(name, recipe, file);
    }

    private @Nullable Variant variant(String name, VariantRecipe recipe, StoredFile file) {
        VariantChoice.Chosen chosen = choice.of(file.store(), file.mimeType(), recipe);
        boolean isMadeElsewhere = chosen != null && chosen.maker() == null;
        boolean canBeAskedFor = isMadeElsewhere || stores.endpoint(file.store()) != null;
        if (chosen == null || !canBeAskedFor || !VariantKeys.hasVariants(file.key())) {
            return null;
        }
        Integer width = file.facts().width();
        Integer height = file.facts().height();
        return new Variant(
                name,
                chosen.format().mimeType(),
                width == null || height == null ? null : recipe.sizeOf(width, height),
                wanted(file, recipe, chosen));
    }

    private FileUrls.Wanted wanted(StoredFile file, VariantRecipe recipe, VariantChoice.Chosen chosen) {
        String key = VariantKeys.of(file.key(), recipe.digest());
        VariantUrlSigner signer = choice.signer();
        DirectAccess access = chosen.maker() == null && signer != null
                ? new Service(signer, new BlobReference(file.store(), file.key()), recipe, chosen.format())
                : making.isKnown(file.store(), key) ? null : stores.endpoint(file.store());
        return new FileUrls.Wanted(file.store(), key, file.visibility(), null, access);
    }

    /** A service as something that signs. Equal for equal variants: its URLs are kept like others. */
    private record Service(VariantUrlSigner signer, BlobReference original, VariantRecipe recipe, Format format)
            implements DirectAccess {

        @Override
        public SignedUrl signGet(SignGetRequest get) {
            return signer.sign(original, get, recipe, format);
        }

        @Override
        public SignedRequest signPut(SignPutRequest put) {
            throw new UnsupportedOperationException("nobody uploads a variant");
        }
    }
}
