using Sampan.Api;
using Sampan.ApiServer.Discovery;

namespace Sampan.ApiServer.OpenApi;

/// <summary>The paths of one subresource: a part of the object, an action, or a connection.</summary>
internal sealed class SubresourcePaths(ServedResource resource, SubresourceInfo subresource, OperationNames names)
{
    private static readonly string[] ProxyMethods = ["delete", "get", "head", "options", "patch", "post", "put"];

    private static readonly string[] PatchTypes =
    [
        "application/json-patch+json", "application/merge-patch+json", "application/strategic-merge-patch+json",
        "application/apply-patch+yaml",
    ];

    private readonly string _path =
        $"{ResourcePaths.PathOf(resource.Group, resource.Version)}{(resource.Namespaced ? "/namespaces/{namespace}" : "")}/{resource.Plural}/{{name}}/{subresource.Name}";

    private readonly string _suffix = Capital(subresource.Name);

    private readonly string _namespaced = resource.Namespaced ? "Namespaced" : "";

    private readonly KindInfo? _body = Kinds.Find(subresource.Body);

    public IEnumerable<OpenApiPath> All()
    {
        if (!subresource.Body.Kind.EndsWith("Options", StringComparison.Ordinal) || _body is null)
            return [Parts()];
        return subresource.Name == "proxy"
            ? [Connection(ProxyMethods, ""), Connection(ProxyMethods, "WithPath")]
            : [Connection(["get", "post"], "")];
    }

    private OpenApiPath Parts()
    {
        var operations = new List<OpenApiOperation>();
        foreach (var verb in subresource.Verbs)
        {
            operations.Add(verb switch
            {
                "create" => Part("post", "create", "create") with { Body = Schema, Codes = [200, 201, 202], Parameters = OpenApiParameters.Create },
                "update" => Part("put", "replace", "replace") with { Body = Schema, Codes = [200, 201], Parameters = OpenApiParameters.Create },
                "patch" => Part("patch", "patch", "partially update") with
                {
                    Body = SchemaNames.Patch, Codes = [200, 201], Parameters = OpenApiParameters.Patch, Consumes = PatchTypes,
                },
                _ => IsLog ? Log() : Part("get", "read", "read"),
            });
        }

        return new OpenApiPath(_path, [OpenApiParameters.Name, .. Scope(), .. LogOptions(), OpenApiParameters.Pretty], operations);
    }

    private bool IsLog => subresource.Name == "log" && resource.Plural == "pods";

    private OpenApiOperation Log() => Part("get", "read", "read") with
    {
        Answer = null,
        Produces = ["text/plain", .. OpenApiOperation.MediaTypes],
    };

    private IEnumerable<OpenApiParameter> LogOptions() =>
        IsLog && Kinds.Find(new GroupVersionKind("", "v1", "PodLogOptions")) is { } options ? OpenApiParameters.Of(options.Schema) : [];

    private OpenApiPath Connection(IEnumerable<string> methods, string suffix)
    {
        var tail = suffix.Length == 0 ? Array.Empty<OpenApiParameter>() : [OpenApiParameters.Path];
        var options = OpenApiParameters.Of(_body!.Schema).Where(o => suffix.Length == 0 || o.Name != "path");
        return new OpenApiPath(
            suffix.Length == 0 ? _path : _path + "/{path}",
            [OpenApiParameters.Name, .. Scope(), .. tail, .. options, .. suffix.Length == 0 ? Array.Empty<OpenApiParameter>() : [PathOption]],
            methods.Select(m => Connect(m, suffix)).ToList());
    }

    private static OpenApiParameter PathOption { get; } = new("path", "query", "string", "The path behind the proxy.");

    private OpenApiOperation Connect(string method, string suffix) => new()
    {
        Method = method,
        Action = "connect",
        Id = names.Of("connect", Capital(method) + _namespaced, resource.Kind, _suffix + suffix),
        Description = $"connect {method.ToUpperInvariant()} requests to {subresource.Name} of {resource.Kind}",
        Tag = names.Tag,
        Kind = subresource.Body,
        Produces = ["*/*"],
    };

    private OpenApiOperation Part(string method, string verb, string word) => new()
    {
        Method = method,
        Action = method,
        Id = names.Of(verb, _namespaced, resource.Kind, _suffix),
        Description = $"{word} {subresource.Name} of {(method == "post" ? "" : "the specified ")}{resource.Kind}",
        Tag = names.Tag,
        Kind = subresource.Body,
        Answer = Schema,
    };

    private string Schema => _body?.Schema.Name ?? resource.Model!.Schema.Name;

    private OpenApiParameter[] Scope() => resource.Namespaced ? [OpenApiParameters.Namespace] : [];

    private static string Capital(string word) => char.ToUpperInvariant(word[0]) + word[1..];
}
