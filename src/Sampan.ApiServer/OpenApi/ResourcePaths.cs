using Sampan.Api;
using Sampan.ApiServer.Discovery;

namespace Sampan.ApiServer.OpenApi;

/// <summary>The paths of one resource: the collection, the object, and the same for watching.</summary>
internal sealed class ResourcePaths
{
    private static readonly string[] PatchTypes =
    [
        "application/json-patch+json", "application/merge-patch+json", "application/strategic-merge-patch+json",
        "application/apply-patch+yaml",
    ];

    private readonly ServedResource _resource;
    private readonly string _schema;
    private readonly string _base;
    private readonly string _scope;
    private readonly OperationNames _names;

    public ResourcePaths(ServedResource resource)
    {
        _resource = resource;
        _schema = resource.Model!.Schema.Name;
        _names = new OperationNames(resource.Group, resource.Version);
        _base = PathOf(resource.Group, resource.Version);
        _scope = resource.Namespaced ? "/namespaces/{namespace}" : "";
    }

    public static string PathOf(string group, string version) => group.Length == 0 ? $"/api/{version}" : $"/apis/{group}/{version}";

    public IEnumerable<OpenApiPath> All()
    {
        var paths = new List<OpenApiPath> { Collection(), Object() };
        if (_resource.Namespaced && Has("list"))
            paths.Add(EveryNamespace());
        paths.AddRange(_resource.Subresources.SelectMany(s => new SubresourcePaths(_resource, s, _names).All()));
        if (Has("watch"))
            paths.AddRange(Watches());
        return paths.Where(p => p.Operations.Count > 0);
    }

    private OpenApiPath Collection() => new(
        $"{_base}{_scope}/{_resource.Plural}",
        [.. Scope(), OpenApiParameters.Pretty],
        Present(
            ("deletecollection", () => DeleteCollection()),
            ("list", () => List(_resource.Namespaced ? "Namespaced" : "", "") with { Parameters = OpenApiParameters.List }),
            ("create", Create)));

    private OpenApiPath Object() => new(
        $"{_base}{_scope}/{_resource.Plural}/{{name}}",
        [OpenApiParameters.Name, .. Scope(), OpenApiParameters.Pretty],
        Present(("delete", Delete), ("get", Get), ("patch", Patch), ("update", Put)));

    private OpenApiPath EveryNamespace() => new(
        $"{_base}/{_resource.Plural}", [.. OpenApiParameters.List, OpenApiParameters.Pretty], [List("", "ForAllNamespaces")]);

    private IEnumerable<OpenApiPath> Watches()
    {
        var namespaced = _resource.Namespaced ? "Namespaced" : "";
        var head = $"{_base}/watch";
        OpenApiParameter[] options = [.. OpenApiParameters.List, OpenApiParameters.Pretty];
        yield return new OpenApiPath(
            $"{head}{_scope}/{_resource.Plural}", [.. Scope(), .. options],
            [Watch("watchlist", _names.Of("watch", namespaced, _resource.Kind, "List"))]);
        yield return new OpenApiPath(
            $"{head}{_scope}/{_resource.Plural}/{{name}}", [OpenApiParameters.Name, .. Scope(), .. options],
            [Watch("watch", _names.Of("watch", namespaced, _resource.Kind))]);
        if (_resource.Namespaced)
        {
            yield return new OpenApiPath(
                $"{head}/{_resource.Plural}", options,
                [Watch("watchlist", _names.Of("watch", "", _resource.Kind, "ListForAllNamespaces"))]);
        }
    }

    private OpenApiOperation List(string namespaced, string suffix) => Operation("get", "list", $"list or watch objects of kind {_resource.Kind}") with
    {
        Id = _names.Of("list", namespaced, _resource.Kind, suffix),
        Answer = _schema + "List",
        Produces = OpenApiOperation.StreamTypes,
    };

    private OpenApiOperation DeleteCollection() => Operation("delete", "deletecollection", $"delete collection of {_resource.Kind}") with
    {
        Id = _names.Of("delete", "Collection" + Namespaced, _resource.Kind),
        Body = SchemaNames.DeleteOptions,
        IsBodyRequired = false,
        Answer = SchemaNames.Status,
        Parameters = OpenApiParameters.DeleteCollection,
    };

    private OpenApiOperation Create() => Operation("post", "post", $"create {_resource.Kind}") with
    {
        Id = _names.Of("create", Namespaced, _resource.Kind),
        Body = _schema,
        Codes = [200, 201, 202],
        Parameters = OpenApiParameters.Create,
    };

    private OpenApiOperation Get() => Operation("get", "get", $"read the specified {_resource.Kind}") with
    {
        Id = _names.Of("read", Namespaced, _resource.Kind),
    };

    private OpenApiOperation Put() => Operation("put", "put", $"replace the specified {_resource.Kind}") with
    {
        Id = _names.Of("replace", Namespaced, _resource.Kind),
        Body = _schema,
        Codes = [200, 201],
        Parameters = OpenApiParameters.Create,
    };

    private OpenApiOperation Patch() => Operation("patch", "patch", $"partially update the specified {_resource.Kind}") with
    {
        Id = _names.Of("patch", Namespaced, _resource.Kind),
        Body = SchemaNames.Patch,
        Codes = [200, 201],
        Parameters = OpenApiParameters.Patch,
        Consumes = PatchTypes,
    };

    /// <summary>Most kinds answer a deletion with a Status; those that end gracefully answer with the object.</summary>
    private OpenApiOperation Delete() => Operation("delete", "delete", $"delete {_resource.Kind}") with
    {
        Id = _names.Of("delete", Namespaced, _resource.Kind),
        Body = SchemaNames.DeleteOptions,
        IsBodyRequired = false,
        Answer = AnswersWithObject.Contains((_resource.Group, _resource.Plural)) ? _schema : SchemaNames.Status,
        Codes = [200, 202],
        Parameters = OpenApiParameters.Delete,
    };

    private static HashSet<(string Group, string Plural)> AnswersWithObject { get; } =
    [
        ("", "persistentvolumeclaims"), ("", "persistentvolumes"), ("", "pods"), ("", "podtemplates"), ("", "resourcequotas"),
        ("", "serviceaccounts"), ("", "services"), ("policy", "podsecuritypolicies"), ("storage.k8s.io", "csidrivers"),
        ("storage.k8s.io", "csinodes"), ("storage.k8s.io", "storageclasses"), ("storage.k8s.io", "volumeattachments"),
        ("storage.k8s.io", "volumeattributesclasses"), ("resource.k8s.io", "deviceclasses"), ("resource.k8s.io", "devicetaintrules"),
        ("resource.k8s.io", "resourceclaims"), ("resource.k8s.io", "resourcepoolstatusrequests"), ("resource.k8s.io", "resourceclaimtemplates"), ("resource.k8s.io", "resourceslices"),
    ];

    private OpenApiOperation Watch(string action, string id) => Operation("get", action, $"watch objects of kind {_resource.Kind}") with
    {
        Id = id,
        Answer = SchemaNames.WatchEvent,
        Produces = OpenApiOperation.StreamTypes,
    };

    private OpenApiOperation Operation(string method, string action, string description) => new()
    {
        Method = method,
        Action = action,
        Id = "",
        Description = description,
        Tag = _names.Tag,
        Kind = new GroupVersionKind(_resource.Group, _resource.Version, _resource.Kind),
        Answer = _schema,
    };

    private string Namespaced => _resource.Namespaced ? "Namespaced" : "";

    private bool Has(string verb) => _resource.Verbs.Contains(verb);

    private List<OpenApiOperation> Present(params (string Verb, Func<OpenApiOperation> Make)[] operations) =>
        operations.Where(o => Has(o.Verb)).Select(o => o.Make()).ToList();

    private OpenApiParameter[] Scope() => _resource.Namespaced ? [OpenApiParameters.Namespace] : [];
}
