using Sampan.Client.Discovery;

namespace Sampan.Client;

/// <summary>The entry to an API server: one client per kind over one transport.</summary>
public sealed class ApiClient : IAsyncDisposable
{
    public ApiClient(IApiTransport transport)
    {
        Transport = transport;
        Discovery = new DiscoveryClient(transport);
    }

    /// <summary>Connects over HTTP as the configuration says.</summary>
    public ApiClient(ClientConfig config, TimeProvider? time = null)
        : this(new HttpTransport(config, time ?? TimeProvider.System))
    {
    }

    public IApiTransport Transport { get; }

    public DiscoveryClient Discovery { get; }

    public ResourceClient<T> Of<T>()
        where T : class, IObject<T> => new(Transport, T.Info.GroupVersionResource, TypedCodec<T>.Instance);

    public DynamicClient Dynamic(GroupVersionResource resource) => new(Transport, resource);

    /// <summary>Reads, watches, patches and deletes objects of any kind by their metadata alone.</summary>
    public ResourceClient<PartialObject> Metadata(GroupVersionResource resource) => new(Transport, resource, PartialCodec.Instance);

    /// <summary>The answer to GET on a path that is not a resource's, such as <c>/version</c>.</summary>
    public async Task<ReadOnlyMemory<byte>> GetRawAsync(string path, CancellationToken cancellationToken)
    {
        var request = new ApiRequest { Verb = ApiVerbs.Get, RawPath = path, Form = ObjectForm.Raw };
        return (await Transport.SendAsync(request, cancellationToken)).Body;
    }

    /// <summary>Creates an object of a cluster-wide review or other kind that answers with a filled-in copy.</summary>
    public Task<T> CreateAsync<T>(T obj, CancellationToken cancellationToken)
        where T : class, IObject<T> => Of<T>().CreateAsync(obj, cancellationToken);

    public ValueTask DisposeAsync() => Transport.DisposeAsync();
}
