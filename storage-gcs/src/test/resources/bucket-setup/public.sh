gcloud storage buckets update gs://my-bucket --uniform-bucket-level-access --no-public-access-prevention
gcloud iam roles create graphqlFilesPublicReader --project=PROJECT --permissions=storage.objects.get
gcloud storage managed-folders create gs://my-bucket/public/
gcloud storage managed-folders add-iam-policy-binding gs://my-bucket/public/ --member=allUsers --role=projects/PROJECT/roles/graphqlFilesPublicReader
