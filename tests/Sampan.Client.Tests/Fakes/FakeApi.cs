using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using System.Threading.Channels;
using Sampan.Api.Meta.V1;
using Sampan.Api.Selectors;
using Sampan.Tests;

namespace Sampan.Client.Tests.Fakes;

/// <summary>
/// A small API server in memory: revisions, conflicts, watches that resume, finalizers. No validation and no defaults.
/// Tests can refuse requests, hold back or break watches, and forget history.
/// </summary>
internal sealed class FakeApi(TimeProvider time) : IApiTransport
{
    private readonly Lock _lock = new();
    private readonly Dictionary<GroupVersionResource, SortedDictionary<string, IObject>> _objects = [];
    private readonly List<(long Revision, GroupVersionResource Resource, ApiEvent Event)> _history = [];
    private readonly List<Watcher> _watchers = [];
    private long _revision = 1;
    private long _compacted;
    private int _names;
    private volatile bool _hold;
    private GroupVersionResource? _held;

    /// <summary>Asked before each request; a non-null answer is thrown.</summary>
    public Func<ApiRequest, Exception?>? Refuse { get; set; }

    /// <summary>Asked before each request; a non-null answer, an object or bytes, is given instead of the fake's own.</summary>
    public Func<ApiRequest, object?>? Special { get; set; }

    /// <summary>Asked after each request that was carried out; a non-null answer is thrown instead of its result.</summary>
    public Func<ApiRequest, Exception?>? LoseAnswer { get; set; }

    public ConcurrentQueue<ApiRequest> Requests { get; } = new();

    public ApiClient Client => new(this);

    public long Revision
    {
        get
        {
            lock (_lock) return _revision;
        }
    }

    public IEnumerable<ApiRequest> Writes => Requests.Where(r => r.Verb is not (ApiVerbs.Get or ApiVerbs.List or ApiVerbs.Watch));

    public int WatcherCount
    {
        get
        {
            lock (_lock) return _watchers.Count;
        }
    }

    /// <summary>True when every event that was sent has been taken in by its watcher.</summary>
    public bool IsQuiet
    {
        get
        {
            lock (_lock) return _watchers.TrueForAll(w => w.Pending == 0);
        }
    }

    /// <summary>Watches deliver nothing until released.</summary>
    public void HoldWatches() => _hold = true;

    /// <summary>Watches of one kind deliver nothing until released.</summary>
    public void HoldWatches<T>()
        where T : class, IObject<T>
    {
        lock (_lock) _held = T.Info.GroupVersionResource;
    }

    public void ReleaseWatches()
    {
        lock (_lock)
        {
            _hold = false;
            _held = null;
            foreach (var watcher in _watchers) watcher.Flush();
        }
    }

    /// <summary>Ends all watches, with a failure if one is given.</summary>
    public void BreakWatches(Exception? failure = null)
    {
        lock (_lock)
        {
            foreach (var watcher in _watchers) watcher.Channel.Writer.TryComplete(failure);
            _watchers.Clear();
        }
    }

    /// <summary>Watches from before now are answered with 410.</summary>
    public void Compact()
    {
        lock (_lock) _compacted = ++_revision;
    }

    public void SendBookmark<T>()
        where T : class, IObject<T>, new()
    {
        lock (_lock)
        {
            _revision++;
            var bookmark = new T { Metadata = new ObjectMeta { ResourceVersion = $"{_revision}" } };
            foreach (var watcher in _watchers.Where(w => w.Resource == T.Info.GroupVersionResource))
                watcher.Send(ApiEvent.Of(WatchEventType.Bookmark, bookmark), _hold);
        }
    }

    public T Put<T>(T obj)
        where T : class, IObject<T>
    {
        lock (_lock)
        {
            var resource = T.Info.GroupVersionResource;
            var copy = obj.DeepClone();
            if (!All(resource).TryGetValue(KeyOf(copy.Metadata.Namespace, copy.Metadata.Name), out var old)) return (T)Create(resource, copy);
            copy.Metadata.Uid = old.Metadata.Uid;
            copy.Metadata.CreationTimestamp = old.Metadata.CreationTimestamp;
            var sameSpec = JsonNode.DeepEquals(FakeTrees.ToTree(old)["spec"], FakeTrees.ToTree(copy)["spec"]);
            copy.Metadata.Generation = old.Metadata.Generation + (sameSpec ? 0 : 1);
            return (T)Store(resource, copy, WatchEventType.Modified);
        }
    }

    /// <summary>Puts a changed copy unless somebody else has changed or removed the object meanwhile.</summary>
    public bool TryPut<T>(T obj)
        where T : class, IObject<T>
    {
        lock (_lock)
        {
            if (Find<T>(obj.Metadata.Namespace, obj.Metadata.Name)?.Metadata.ResourceVersion != obj.Metadata.ResourceVersion) return false;
            Put(obj);
            return true;
        }
    }

    public T? Find<T>(string? ns, string name)
        where T : class, IObject<T>
    {
        lock (_lock) return (T?)All(T.Info.GroupVersionResource).GetValueOrDefault(KeyOf(ns, name));
    }

    public List<T> List<T>()
        where T : class, IObject<T>
    {
        lock (_lock) return All(T.Info.GroupVersionResource).Values.Cast<T>().ToList();
    }

    public void Remove<T>(string? ns, string name)
        where T : class, IObject<T>
    {
        lock (_lock) Erase(T.Info.GroupVersionResource, KeyOf(ns, name));
    }

    /// <summary>What a user's deletion does: an object with finalizers stays until they are gone.</summary>
    public void Delete<T>(string? ns, string name)
        where T : class, IObject<T>
    {
        lock (_lock) Delete(new ApiRequest { Verb = ApiVerbs.Delete, Resource = T.Info.GroupVersionResource, Namespace = ns, Name = name });
    }

    public Task<ApiResponse> SendAsync(ApiRequest request, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return Shake.IsOn ? Shake.AroundAsync(() => CarryOutAsync(request)) : CarryOutAsync(request);
    }

    public async IAsyncEnumerable<ApiEvent> WatchAsync(ApiRequest request, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        Requests.Enqueue(request);
        if (Refuse?.Invoke(request) is { } failure) throw failure;
        var from = long.Parse(request.Query.First(q => q.Key == "resourceVersion").Value);
        var watcher = new Watcher(request.Resource, request.Namespace);
        lock (_lock)
        {
            if (from < _compacted) throw StatusException.Expired("too old resource version");
            foreach (var (revision, resource, e) in _history)
                if (revision > from && resource == request.Resource) watcher.Send(e, _hold);
            _watchers.Add(watcher);
        }

        try
        {
            await foreach (var e in watcher.Channel.Reader.ReadAllAsync(cancellationToken))
            {
                if (Shake.IsOn) await Shake.PauseAsync();
                var about = ((IObject)e.Value!).Metadata;
                if (e.Type == WatchEventType.Bookmark || string.IsNullOrEmpty(request.Namespace) || about.Namespace == request.Namespace) yield return e;
                watcher.TakenIn();
            }
        }
        finally
        {
            lock (_lock) _watchers.Remove(watcher);
        }
    }

    public Task<Stream> OpenAsync(ApiRequest request, CancellationToken cancellationToken) => throw new NotSupportedException("no streams here");

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private Task<ApiResponse> CarryOutAsync(ApiRequest request)
    {
        Requests.Enqueue(request);
        if (Refuse?.Invoke(request) is { } failure) return Task.FromException<ApiResponse>(failure);
        if (Special?.Invoke(request) is { } special)
            return Task.FromResult(special is byte[] bytes ? new ApiResponse { Body = bytes } : Value(special));
        try
        {
            ApiResponse answer;
            lock (_lock) answer = Answer(request);
            return LoseAnswer?.Invoke(request) is { } lost ? Task.FromException<ApiResponse>(lost) : Task.FromResult(answer);
        }
        catch (StatusException e)
        {
            return Task.FromException<ApiResponse>(e);
        }
    }

    private ApiResponse Answer(ApiRequest request) => request.Verb switch
    {
        ApiVerbs.Get when request.RawPath is not null => new() { Body = FakeDiscovery.Answer(request.RawPath) },
        ApiVerbs.Get => Value(Existing(request)),
        ApiVerbs.List => new() { Value = ListOf(request) },
        ApiVerbs.Create => Value(Create(request.Resource, Body(request))),
        ApiVerbs.Update => Value(Update(request)),
        ApiVerbs.Patch => Value(Patched(request)),
        ApiVerbs.Delete => Value(Delete(request)),
        ApiVerbs.DeleteCollection => Value(DeleteAll(request)),
        _ => throw StatusException.BadRequest($"the fake does not know {request.Verb}"),
    };

    private static ApiResponse Value(object value) => new() { Value = value };

    private ObjectList ListOf(ApiRequest request)
    {
        var selector = Selector.Parse(request.Query.FirstOrDefault(q => q.Key == "labelSelector").Value);
        var items = All(request.Resource).Values
            .Where(o => string.IsNullOrEmpty(request.Namespace) || o.Metadata.Namespace == request.Namespace)
            .Where(o => selector.Matches(o.Metadata.Labels));
        return new ObjectList(items.ToArray<object>(), $"{_revision}");
    }

    private IObject Create(GroupVersionResource resource, IObject obj)
    {
        var meta = obj.Metadata;
        if (meta.Name.Length == 0) meta.Name = $"{meta.GenerateName}{++_names:d5}";
        if (All(resource).ContainsKey(KeyOf(meta.Namespace, meta.Name))) throw StatusException.AlreadyExists(resource.GroupResource, meta.Name);
        if (meta.Uid.Length == 0) meta.Uid = Guid.NewGuid().ToString();
        meta.CreationTimestamp ??= time.GetUtcNow();
        meta.Generation = 1;
        return Store(resource, obj, WatchEventType.Added);
    }

    private IObject Update(ApiRequest request)
    {
        var old = Existing(request);
        var next = Body(request);
        if (!string.IsNullOrEmpty(next.Metadata.ResourceVersion) && next.Metadata.ResourceVersion != old.Metadata.ResourceVersion)
            throw StatusException.Conflict(request.Resource.GroupResource, request.Name!);
        return Replace(request, old, next);
    }

    private IObject Replace(ApiRequest request, IObject old, IObject next)
    {
        var (from, to) = (FakeTrees.ToTree(old), FakeTrees.ToTree(next));
        if (request.Subresource is "status" or "approval")
        {
            var (status, annotations) = (to["status"]?.DeepClone(), to["metadata"]!["annotations"]?.DeepClone());
            to = (JsonObject)from.DeepClone();
            (to["status"], to["metadata"]!["annotations"]) = (status, annotations);
        }
        else if (from["status"] is { } kept) to["status"] = kept.DeepClone();

        to["metadata"]!["uid"] = old.Metadata.Uid;
        to["metadata"]!["generation"] = JsonNode.DeepEquals(from["spec"], to["spec"]) ? old.Metadata.Generation : old.Metadata.Generation + 1;
        to["metadata"]!["resourceVersion"] = old.Metadata.ResourceVersion;
        if (JsonNode.DeepEquals(from, to)) return old;
        var stored = FakeTrees.ToObject(request.Resource, to);
        if (stored.Metadata.DeletionTimestamp is null || stored.Metadata.Finalizers is { Count: > 0 } || HasSpecFinalizers(to))
            return Store(request.Resource, stored, WatchEventType.Modified);
        Erase(request.Resource, KeyOf(request.Namespace, request.Name!));
        return stored;
    }

    private IObject Patched(ApiRequest request)
    {
        var old = Existing(request);
        var tree = FakeTrees.ToTree(old);
        var patch = request.Content!.Encode(WireFormat.Json);
        FakeTrees.Merge(tree, (JsonObject)JsonNode.Parse(patch.Bytes.Span)!, patch.MediaType == MediaTypes.StrategicMergePatch);
        if ((string?)tree["metadata"]!["uid"] != old.Metadata.Uid)
            throw StatusException.Conflict(request.Resource.GroupResource, request.Name!, "the UID in the precondition does not match");
        if ((string?)tree["metadata"]!["resourceVersion"] != old.Metadata.ResourceVersion) throw StatusException.Conflict(request.Resource.GroupResource, request.Name!);
        return Replace(request, old, FakeTrees.ToObject(request.Resource, tree));
    }

    private IObject Delete(ApiRequest request)
    {
        var old = Existing(request);
        var options = request.Content?.Value as DeleteOptions;
        if (options?.Preconditions?.Uid is { } uid && uid != old.Metadata.Uid)
            throw StatusException.Conflict(request.Resource.GroupResource, request.Name!, "the UID in the precondition does not match");
        if (options?.Preconditions?.ResourceVersion is { } version && version != old.Metadata.ResourceVersion)
            throw StatusException.Conflict(request.Resource.GroupResource, request.Name!, "the ResourceVersion in the precondition does not match");
        var tree = FakeTrees.ToTree(old);
        var finalizers = FakeTrees.DeletionFinalizers(old, options?.PropagationPolicy);
        if (finalizers.Count == 0 && !HasSpecFinalizers(tree))
        {
            Erase(request.Resource, KeyOf(request.Namespace, request.Name!));
            return old;
        }

        var going = FakeTrees.ToObject(request.Resource, tree);
        going.Metadata.Finalizers = finalizers;
        going.Metadata.DeletionTimestamp ??= time.GetUtcNow();
        return Store(request.Resource, going, WatchEventType.Modified);
    }

    private Status DeleteAll(ApiRequest request)
    {
        var inside = All(request.Resource).Values.Where(o => o.Metadata.Namespace == request.Namespace).Select(o => o.Metadata.Name).ToList();
        foreach (var name in inside) Delete(request with { Name = name });
        return new Status { StatusValue = "Success" };
    }

    private static bool HasSpecFinalizers(JsonObject tree) => tree["spec"]?["finalizers"] is JsonArray { Count: > 0 };

    private IObject Store(GroupVersionResource resource, IObject obj, WatchEventType type)
    {
        obj.Metadata.ResourceVersion = $"{++_revision}";
        All(resource)[KeyOf(obj.Metadata.Namespace, obj.Metadata.Name)] = obj;
        Publish(resource, ApiEvent.Of(type, obj));
        return obj;
    }

    private void Erase(GroupVersionResource resource, string key)
    {
        if (!All(resource).Remove(key, out var gone)) return;
        var last = FakeTrees.ToObject(resource, FakeTrees.ToTree(gone));
        last.Metadata.ResourceVersion = $"{++_revision}";
        Publish(resource, ApiEvent.Of(WatchEventType.Deleted, last));
    }

    private void Publish(GroupVersionResource resource, ApiEvent e)
    {
        _history.Add((_revision, resource, e));
        foreach (var watcher in _watchers.Where(w => w.Resource == resource)) watcher.Send(e, _hold || _held == resource);
    }

    private IObject Body(ApiRequest request)
    {
        var body = (IObject)request.Content!.Value;
        var copy = FakeTrees.ToObject(request.Resource, FakeTrees.ToTree(body));
        if (!string.IsNullOrEmpty(request.Namespace)) copy.Metadata.Namespace = request.Namespace;
        return copy;
    }

    private IObject Existing(ApiRequest request) => All(request.Resource).GetValueOrDefault(KeyOf(request.Namespace, request.Name!))
        ?? throw StatusException.NotFound(request.Resource.GroupResource, request.Name!);

    private SortedDictionary<string, IObject> All(GroupVersionResource resource)
    {
        if (!_objects.TryGetValue(resource, out var all)) _objects[resource] = all = new(StringComparer.Ordinal);
        return all;
    }

    private static string KeyOf(string? ns, string name) => $"{ns}/{name}";

    private sealed class Watcher(GroupVersionResource resource, string? ns)
    {
        private readonly List<ApiEvent> _held = [];
        private int _pending;

        public int Pending => Volatile.Read(ref _pending);

        public GroupVersionResource Resource => resource;

        public string? Namespace => ns;

        public Channel<ApiEvent> Channel { get; } = System.Threading.Channels.Channel.CreateUnbounded<ApiEvent>();

        public void Send(ApiEvent e, bool hold)
        {
            if (hold) _held.Add(e);
            else Write(e);
        }

        public void TakenIn() => Interlocked.Decrement(ref _pending);

        public void Flush()
        {
            foreach (var e in _held) Write(e);
            _held.Clear();
        }

        private void Write(ApiEvent e)
        {
            Interlocked.Increment(ref _pending);
            Channel.Writer.TryWrite(e);
        }
    }
}
