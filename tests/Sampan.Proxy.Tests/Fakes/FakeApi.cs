using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Sampan.Api;
using Sampan.Client;

namespace Sampan.Testing.Fakes;

/// <summary>An API server of a few lines: keeps objects, answers get, list, watch, create, update and delete; checks nothing.</summary>
internal sealed class FakeApi : IApiTransport
{
    private readonly Lock _lock = new();
    private readonly SortedDictionary<(string Resource, string Namespace, string Name), IObject> _objects = [];
    private readonly List<(string Resource, Channel<ApiEvent> Events)> _watchers = [];
    private long _revision;

    public ApiClient Client => new(this);

    public T Set<T>(T obj)
        where T : class, IObject<T>
    {
        Store(T.Info.GroupVersionResource.Resource, obj.DeepClone());
        return obj;
    }

    public void Remove<T>(string ns, string name)
        where T : class, IObject<T> => Delete((T.Info.GroupVersionResource.Resource, ns, name));

    public T? Find<T>(string ns, string name)
        where T : class, IObject<T>
    {
        lock (_lock) return _objects.GetValueOrDefault((T.Info.GroupVersionResource.Resource, ns, name)) as T;
    }

    public Task<ApiResponse> SendAsync(ApiRequest request, CancellationToken cancellationToken)
    {
        var key = (request.Resource.Resource, request.Namespace ?? "", request.Name ?? "");
        lock (_lock)
        {
            object? value = request.Verb switch
            {
                ApiVerbs.List => List(request),
                ApiVerbs.Get => _objects.GetValueOrDefault(key),
                ApiVerbs.Create or ApiVerbs.Update => Store(request.Resource.Resource, (IObject)request.Content!.Value),
                ApiVerbs.Delete => Delete(key),
                _ => throw new NotSupportedException(request.ToString()),
            };
            return value is null
                ? throw StatusException.NotFound(new GroupResource(request.Resource.Group, request.Resource.Resource), request.Name ?? "")
                : Task.FromResult(new ApiResponse { Value = value });
        }
    }

    public async IAsyncEnumerable<ApiEvent> WatchAsync(
        ApiRequest request, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var events = Channel.CreateUnbounded<ApiEvent>();
        string from = request.Query.FirstOrDefault(q => q.Key == "resourceVersion").Value ?? "0";
        lock (_lock)
        {
            foreach (var (key, obj) in _objects)
            {
                if (key.Resource == request.Resource.Resource && long.Parse(obj.Metadata.ResourceVersion) > long.Parse(from))
                    events.Writer.TryWrite(ApiEvent.Of(WatchEventType.Added, obj));
            }

            _watchers.Add((request.Resource.Resource, events));
        }

        await foreach (var e in events.Reader.ReadAllAsync(cancellationToken)) yield return e;
    }

    public Task<Stream> OpenAsync(ApiRequest request, CancellationToken cancellationToken) => throw new NotSupportedException();

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private ObjectList List(ApiRequest request)
    {
        var items = _objects.Where(o => o.Key.Resource == request.Resource.Resource).Select(o => (object)o.Value).ToList();
        return new ObjectList(items, $"{_revision}");
    }

    private IObject Store(string resource, IObject obj)
    {
        lock (_lock)
        {
            var key = (resource, obj.Metadata.Namespace, obj.Metadata.Name);
            bool known = _objects.ContainsKey(key);
            obj.Metadata.ResourceVersion = $"{++_revision}";
            if (obj.Metadata.Uid.Length == 0) obj.Metadata.Uid = $"{resource}/{obj.Metadata.Namespace}/{obj.Metadata.Name}";
            _objects[key] = obj;
            Publish(resource, ApiEvent.Of(known ? WatchEventType.Modified : WatchEventType.Added, obj));
            return obj;
        }
    }

    private IObject? Delete((string Resource, string Namespace, string Name) key)
    {
        lock (_lock)
        {
            if (!_objects.Remove(key, out var obj)) return null;
            _revision++;
            Publish(key.Resource, ApiEvent.Of(WatchEventType.Deleted, obj));
            return obj;
        }
    }

    private void Publish(string resource, ApiEvent e)
    {
        foreach (var (watched, events) in _watchers)
        {
            if (watched == resource) events.Writer.TryWrite(e);
        }
    }
}
