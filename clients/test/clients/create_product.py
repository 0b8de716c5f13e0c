"""Creates a product whose picture is a file: python3 create_product.py http://localhost:8080 cup.png (multipart|token)"""

import json
import mimetypes
import os
import secrets
import sys
import urllib.request

# tag::python
CREATE = """mutation ($product: ProductInput!) {
  createProduct(product: $product) { id image { url fileName mimeType } }
}"""


def post(server, body, content_type, **headers):
    request = urllib.request.Request(
        f"{server}/graphql", body, {"Content-Type": content_type, **headers}
    )
    with urllib.request.urlopen(request) as response:
        answer = json.load(response)
    if "errors" in answer:
        raise RuntimeError(answer["errors"][0]["message"])
    return answer["data"]


def graphql(server, query, variables):
    body = json.dumps({"query": query, "variables": variables}).encode()
    return post(server, body, "application/json")


def by_multipart(server, path):
    """The file as a part of a multipart request."""
    name = os.path.basename(path).replace('"', "%22")
    mime_type = mimetypes.guess_type(name)[0] or "application/octet-stream"
    product = {"name": name, "image": {"file": None}}
    operations = json.dumps({"query": CREATE, "variables": {"product": product}})
    places = json.dumps({"0": ["variables.product.image.file"]})
    boundary = secrets.token_hex(16)
    with open(path, "rb") as file:
        body = b"".join([
            f'--{boundary}\r\nContent-Disposition: form-data; name="operations"\r\n\r\n{operations}\r\n'.encode(),
            f'--{boundary}\r\nContent-Disposition: form-data; name="map"\r\n\r\n{places}\r\n'.encode(),
            f'--{boundary}\r\nContent-Disposition: form-data; name="0"; filename="{name}"\r\n'.encode(),
            f"Content-Type: {mime_type}\r\n\r\n".encode(), file.read(),
            f"\r\n--{boundary}--\r\n".encode(),
        ])
    content_type = f"multipart/form-data; boundary={boundary}"
    return post(server, body, content_type, **{"GraphQL-Preflight": "1"})["createProduct"]


def by_token(server, path):
    """The file straight to the store, streamed."""
    name, size = os.path.basename(path), os.path.getsize(path)
    start = """mutation ($input: StartFileUploadInput!) {
      startFileUpload(input: $input) { token request { url method headers { name value } } }
    }"""
    file_input = {"field": "Product.image", "fileName": name, "byteSize": size}
    upload = graphql(server, start, {"input": file_input})["startFileUpload"]
    to_store = upload["request"]
    headers = {header["name"]: header["value"] for header in to_store["headers"]}
    with open(path, "rb") as file:
        request = urllib.request.Request(
            to_store["url"], file, {"Content-Length": str(size), **headers}, method=to_store["method"]
        )
        urllib.request.urlopen(request).close()
    product = {"name": name, "image": {"directUploadToken": upload["token"]}}
    return graphql(server, CREATE, {"product": product})["createProduct"]
# end::python


if __name__ == "__main__":
    _, address, file_path, way = sys.argv
    print(json.dumps({"multipart": by_multipart, "token": by_token}[way](address, file_path)))
