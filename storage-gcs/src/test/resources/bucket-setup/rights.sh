gcloud storage buckets add-iam-policy-binding gs://my-bucket --member=serviceAccount:SERVICE_ACCOUNT --role=roles/storage.objectUser
gcloud storage buckets add-iam-policy-binding gs://my-bucket --member=serviceAccount:SERVICE_ACCOUNT --role=roles/storage.legacyBucketReader
