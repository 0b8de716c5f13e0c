package io.graphqlfiles.maintenance;

import io.graphqlfiles.spi.BucketSetup;
import java.util.List;
import java.util.Map;

/**
 * Says how the buckets behind the file fields should be set up, and whether they are: for the fields of the schemas
 * that were applied, with their stores, visibilities and sources, and for the allowed origins. Thread-safe. From
 * {@link FileMaintenance#doctor}.
 */
public interface FileStoreDoctor {

    /**
     * The smallest policies, CORS and lifecycle configuration that the fields need, for the tools of the service behind
     * each store. No I/O.
     *
     * @return by the name of the store; empty lists for stores that need no set-up and those that no field uses
     */
    Map<String, List<BucketSetup.Text>> setup();

    /**
     * Tries on the live stores what the fields need of them: writes, copies, reads, lists and deletes a few small blobs
     * through the store and by signed requests over HTTP from here, asks for permission as browsers do for the scripts
     * of every allowed origin, tries what must be refused, and reads the lifecycle rules. Goes on after what fails.
     *
     * <p>Its blobs have keys below {@code staged/doctor/}, {@code public/doctor/} and {@code private/doctor/} and are
     * deleted at the end, also after failures; a finding says if that does not work. Blocks: some thirty requests a
     * store, each of at most half a minute.
     *
     * @return what was found; failures of stores are findings, never exceptions
     */
    FileStoreReport examine();
}
