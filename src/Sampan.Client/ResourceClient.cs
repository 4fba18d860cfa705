using System.Runtime.CompilerServices;
using Sampan.Api.Meta.V1;

namespace Sampan.Client;

/// <summary>
/// Reads and writes the objects of one resource. Objects that come back may be shared with caches: clone before changing one.
/// Failures are the server's <see cref="StatusException"/>. A namespace of null or "" means cluster scope, or all namespaces.
/// </summary>
public class ResourceClient<T>
    where T : class
{
    internal ResourceClient(IApiTransport transport, GroupVersionResource resource, IObjectCodec<T> codec)
    {
        Transport = transport;
        Resource = resource;
        Codec = codec;
    }

    public GroupVersionResource Resource { get; }

    public IObjectCodec<T> Codec { get; }

    internal IApiTransport Transport { get; }

    public async Task<T> GetAsync(string? ns, string name, CancellationToken cancellationToken) =>
        Decode(await Transport.SendAsync(Request(ApiVerbs.Get, ns, name), cancellationToken));

    /// <summary>Reads an object through a subresource such as <c>status</c> or <c>resize</c>.</summary>
    public async Task<T> GetAsync(string? ns, string name, string subresource, CancellationToken cancellationToken) =>
        Decode(await Transport.SendAsync(Request(ApiVerbs.Get, ns, name, subresource), cancellationToken));

    /// <summary>The object, or null when it does not exist.</summary>
    public async Task<T?> FindAsync(string? ns, string name, CancellationToken cancellationToken)
    {
        try
        {
            return await GetAsync(ns, name, cancellationToken);
        }
        catch (StatusException e) when (e.IsNotFound)
        {
            return null;
        }
    }

    public async Task<ListResult<T>> ListAsync(string? ns, ListOptions? options, CancellationToken cancellationToken)
    {
        var request = Request(ApiVerbs.List, ns) with { Query = QueryBuilder.From(options) };
        return ListDecoder.Decode(await Transport.SendAsync(request, cancellationToken), Codec);
    }

    public Task<ListResult<T>> ListAsync(string? ns, CancellationToken cancellationToken) => ListAsync(ns, null, cancellationToken);

    /// <summary>Watches until the server ends the stream; a 410 is thrown as its Status.</summary>
    public async IAsyncEnumerable<WatchEvent<T>> WatchAsync(
        string? ns, ListOptions? options, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var query = QueryBuilder.From(options);
        query.Insert(0, new("watch", "true"));
        await foreach (var e in Transport.WatchAsync(Request(ApiVerbs.Watch, ns) with { Query = query }, cancellationToken))
            yield return new(e.Type, e.Value is { } value ? Codec.FromValue(value) : Codec.Decode(e.Body.Span, e.MediaType));
    }

    public Task<T> CreateAsync(T obj, CancellationToken cancellationToken) => CreateAsync(obj, null, cancellationToken);

    public async Task<T> CreateAsync(T obj, WriteOptions? options, CancellationToken cancellationToken)
    {
        var request = Request(ApiVerbs.Create, Codec.Key(obj).Namespace) with
        {
            Content = Codec.Content(obj),
            Query = QueryBuilder.From(options),
        };
        return Decode(await Transport.SendAsync(request, cancellationToken));
    }

    public Task<T> UpdateAsync(T obj, CancellationToken cancellationToken) => ReplaceAsync(obj, null, null, cancellationToken);

    public Task<T> UpdateAsync(T obj, WriteOptions? options, CancellationToken cancellationToken) =>
        ReplaceAsync(obj, null, options, cancellationToken);

    public Task<T> UpdateStatusAsync(T obj, CancellationToken cancellationToken) =>
        ReplaceAsync(obj, "status", null, cancellationToken);

    /// <summary>Replaces an object through a subresource such as <c>status</c>, <c>finalize</c> or <c>approval</c>.</summary>
    public async Task<T> ReplaceAsync(T obj, string? subresource, WriteOptions? options, CancellationToken cancellationToken)
    {
        var key = Codec.Key(obj);
        var request = Request(ApiVerbs.Update, key.Namespace, key.Name, subresource) with
        {
            Content = Codec.Content(obj),
            Query = QueryBuilder.From(options),
        };
        return Decode(await Transport.SendAsync(request, cancellationToken));
    }

    public Task<T> PatchAsync(string? ns, string name, Patch patch, CancellationToken cancellationToken) =>
        PatchAsync(ns, name, patch, null, null, cancellationToken);

    public Task<T> PatchAsync(string? ns, string name, Patch patch, string? subresource, CancellationToken cancellationToken) =>
        PatchAsync(ns, name, patch, subresource, null, cancellationToken);

    public async Task<T> PatchAsync(
        string? ns, string name, Patch patch, string? subresource, WriteOptions? options, CancellationToken cancellationToken)
    {
        var request = Request(ApiVerbs.Patch, ns, name, subresource) with
        {
            Content = ApiContent.Of(patch.Body, patch.MediaType),
            Query = QueryBuilder.From(patch, options),
        };
        return Decode(await Transport.SendAsync(request, cancellationToken));
    }

    public Task DeleteAsync(string? ns, string name, CancellationToken cancellationToken) =>
        DeleteAsync(ns, name, null, cancellationToken);

    public Task DeleteAsync(string? ns, string name, DeleteOptions? options, CancellationToken cancellationToken) =>
        Transport.SendAsync(
            Request(ApiVerbs.Delete, ns, name) with { Content = DeleteContent(options), Form = ObjectForm.Raw }, cancellationToken);

    public Task DeleteCollectionAsync(
        string? ns, DeleteOptions? options, ListOptions? selection, CancellationToken cancellationToken)
    {
        var request = Request(ApiVerbs.DeleteCollection, ns) with
        {
            Content = DeleteContent(options),
            Query = QueryBuilder.From(selection),
            Form = ObjectForm.Raw,
        };
        return Transport.SendAsync(request, cancellationToken);
    }

    /// <summary>Posts a body to a subresource: <c>binding</c>, <c>eviction</c>, <c>token</c>.</summary>
    public async Task<TResult> CreateSubresourceAsync<TBody, TResult>(
        string? ns, string name, string subresource, TBody body, CancellationToken cancellationToken)
        where TBody : class, IApiType<TBody>
        where TResult : class, IApiType<TResult>
    {
        var request = Request(ApiVerbs.Create, ns, name, subresource) with
        {
            Content = ApiContent.Of(body),
            Form = ObjectForm.Typed,
            Accept = MediaTypes.Json,
        };
        var response = await Transport.SendAsync(request, cancellationToken);
        return response.Value as TResult ?? JsonCodec.Decode<TResult>(response.Body.Span);
    }

    /// <summary>Reads a subresource that answers with bytes, such as <c>log</c>. The caller disposes the stream.</summary>
    public Task<Stream> OpenAsync(
        string? ns, string name, string subresource, IReadOnlyList<KeyValuePair<string, string>> query, CancellationToken cancellationToken) =>
        Transport.OpenAsync(Request(ApiVerbs.Get, ns, name, subresource) with { Query = query, Form = ObjectForm.Raw }, cancellationToken);

    private static ApiContent? DeleteContent(DeleteOptions? options) => options is null ? null : ApiContent.Of(options);

    private ApiRequest Request(string verb, string? ns, string? name = null, string? subresource = null) => new()
    {
        Verb = verb,
        Resource = Resource,
        Namespace = ns,
        Name = name,
        Subresource = subresource,
        Form = Codec.Form,
    };

    private T Decode(ApiResponse response) => response.Value is { } value
        ? Codec.FromValue(value)
        : Codec.Decode(response.Body.Span, response.MediaType);
}
