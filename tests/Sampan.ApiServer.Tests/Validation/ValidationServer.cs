using System.Text.Json.Nodes;
using Sampan.Api;
using Sampan.Api.Codec;
using Sampan.ApiServer.Registry;
using Sampan.ApiServer.Tests.Server;

namespace Sampan.ApiServer.Tests.Validation;

/// <summary>One server for all cases. Requests are dry runs; what a case needs to be there is stored as it is and taken away again.</summary>
public sealed class ValidationServer : IAsyncLifetime
{
    private const string Query = "?dryRun=All&fieldValidation=Strict";

    private TestServer? _server;

    internal ResourceCatalog Catalog => Server.Catalog;

    private TestServer Server => _server ?? throw new InvalidOperationException("the server is not started");

    public async ValueTask InitializeAsync()
    {
        _server = await TestServer.StartAsync();
        await _server.AddDefaultAccountAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (_server is not null)
        {
            await _server.DisposeAsync();
        }
    }

    internal async Task<RawAnswer> RunAsync(ValidationCase one)
    {
        var resource = ResourceOf(one.Base);
        var collection = PathOf(resource.Kind, one.Base);
        if (one.Old is not { } old)
        {
            return await SendAsync("POST", collection, one.Body);
        }
        var storage = Server.Catalog.StorageOf(resource);
        var stored = await storage.TryCreateAsync(Decoded(resource, old), CancellationToken.None)
            ?? throw new InvalidOperationException("an object of this name is there already");
        try
        {
            var path = $"{collection}/{stored.Object.Metadata.Name}" + (one.Subresource.Length > 0 ? $"/{one.Subresource}" : "");
            return await SendAsync(one.IsAction ? "POST" : "PATCH", path, one.Body);
        }
        finally
        {
            var (ns, name) = (stored.Object.Metadata.Namespace ?? "", stored.Object.Metadata.Name ?? "");
            await storage.TryDeleteAsync(storage.Get(ns, name), CancellationToken.None);
        }
    }

    private Task<RawAnswer> SendAsync(string method, string path, JsonNode body)
    {
        var type = (method, body) switch
        {
            ("POST", _) => "application/json",
            (_, JsonArray) => "application/json-patch+json",
            _ => "application/merge-patch+json",
        };
        return Server.SendAsync(method, path + Query, body.ToJsonString(), type);
    }

    private ResourceDescriptor ResourceOf(JsonObject obj)
    {
        var kind = Kinds.Find(GroupVersionKind.FromApiVersion((string)obj["apiVersion"]!, (string)obj["kind"]!))!;
        return Server.Catalog.Of(kind);
    }

    private static IObject Decoded(ResourceDescriptor resource, JsonObject json)
    {
        var obj = (IObject)JsonCodec.Decode(resource.Kind, JsonTree.Encode(json));
        obj.Metadata.Namespace = resource.Kind.Namespaced ? NamespaceOf(json) : "";
        obj.Metadata.Uid = "8d1c5f2e-0000-4000-8000-000000000001";
        obj.Metadata.CreationTimestamp = DateTimeOffset.UnixEpoch;
        resource.Strategy.Default(obj);
        return resource.Conversion?.ToStored(obj) ?? obj;
    }

    private static string PathOf(KindInfo kind, JsonObject obj)
    {
        var root = kind.Group.Length == 0 ? $"/api/{kind.Version}" : $"/apis/{kind.Group}/{kind.Version}";
        return kind.Namespaced ? $"{root}/namespaces/{NamespaceOf(obj)}/{kind.Plural}" : $"{root}/{kind.Plural}";
    }

    private static string NamespaceOf(JsonObject obj) => (string?)obj["metadata"]?["namespace"] ?? "default";
}
