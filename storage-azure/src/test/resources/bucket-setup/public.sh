az storage account update --name myaccount --allow-blob-public-access true
az storage container set-permission --account-name myaccount --name files-public --public-access blob
