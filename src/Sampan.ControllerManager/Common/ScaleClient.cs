using Sampan.Api.Autoscaling.V1;

namespace Sampan.ControllerManager.Common;

/// <summary>Reads and changes how many replicas an object of any scalable kind has.</summary>
internal sealed class ScaleClient(ApiClient client)
{
    private readonly Dictionary<(string ApiVersion, string Kind), GroupVersionResource> _resources = [];
    private readonly Lock _lock = new();

    /// <exception cref="StatusException">Not found also when nobody serves the kind.</exception>
    public async Task<(GroupVersionResource Resource, Scale Scale)> GetAsync(
        string ns, string apiVersion, string kind, string name, CancellationToken cancellationToken)
    {
        var resource = await ResourceAsync(apiVersion, kind, cancellationToken)
            ?? throw new StatusException($"no matches for kind \"{kind}\" in group \"{OwnerReferences.GroupOf(apiVersion)}\"");
        return (resource, await ReadAsync(resource, ns, name, cancellationToken));
    }

    public Task<Scale> ReadAsync(GroupVersionResource resource, string ns, string name, CancellationToken cancellationToken) =>
        SendAsync(ApiVerbs.Get, resource, ns, name, null, cancellationToken);

    public Task<Scale> UpdateAsync(GroupVersionResource resource, Scale scale, CancellationToken cancellationToken) =>
        SendAsync(ApiVerbs.Update, resource, scale.Metadata.Namespace, scale.Metadata.Name, scale, cancellationToken);

    public async Task<bool> HasScaleAsync(GroupVersionResource resource, CancellationToken cancellationToken) =>
        (await client.Discovery.ResourcesAsync(cancellationToken)).Resources.Any(r => r.Resource == resource && r.Subresources.Contains("scale"));

    /// <summary>The resource of a kind: built-in ones are known, others are asked for and remembered.</summary>
    public async Task<GroupVersionResource?> ResourceAsync(string apiVersion, string kind, CancellationToken cancellationToken)
    {
        if (Kinds.Find(apiVersion, kind) is { Plural.Length: > 0 } known) return known.GroupVersionResource;
        lock (_lock)
        {
            if (_resources.TryGetValue((apiVersion, kind), out var resource)) return resource;
        }

        var served = await client.Discovery.ResourcesAsync(cancellationToken);
        var found = served.Resources.FirstOrDefault(r => r.Resource.ApiVersion == apiVersion && r.Kind == kind);
        if (found is null) return null;
        lock (_lock) _resources[(apiVersion, kind)] = found.Resource;
        return found.Resource;
    }

    private async Task<Scale> SendAsync(
        string verb, GroupVersionResource resource, string ns, string name, Scale? body, CancellationToken cancellationToken)
    {
        var response = await client.Transport.SendAsync(
            new ApiRequest
            {
                Verb = verb,
                Resource = resource,
                Namespace = ns,
                Name = name,
                Subresource = "scale",
                Content = body is null ? null : ApiContent.Of(body),
                Form = ObjectForm.Typed,
                Accept = MediaTypes.Json,
            },
            cancellationToken);
        return response.Value as Scale ?? JsonCodec.Decode<Scale>(response.Body.Span);
    }
}
