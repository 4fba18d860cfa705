using Sampan.Api;
using Sampan.ApiServer.Discovery;

namespace Sampan.ApiServer.OpenApi;

/// <summary>The paths and schemas of one document, before they are written in a flavor.</summary>
internal sealed class DocumentContent
{
    public SortedDictionary<string, OpenApiPath> Paths { get; } = new(StringComparer.Ordinal);

    public SchemaSet Schemas { get; } = new();

    /// <summary>Adds a version of a group with all its resources.</summary>
    public void AddVersion(string group, string version, IEnumerable<ServedResource> resources)
    {
        AddDiscovery(
            ResourcePaths.PathOf(group, version) + "/", "get", new OperationNames(group, version).Of("get", "", "APIResources"),
            new OperationNames(group, version).Tag, SchemaNames.ApiResourceList, "get available resources");
        foreach (var resource in resources.Where(r => r.Model is not null))
            foreach (var path in new ResourcePaths(resource).All())
                Add(path);
        foreach (var name in new[] { SchemaNames.DeleteOptions, SchemaNames.WatchEvent })
        {
            var kind = name[(name.LastIndexOf('.') + 1)..];
            Schemas.AddKind(name, new GroupVersionKind("", "v1", kind));
            Schemas.AddKind(name, new GroupVersionKind(group, version, kind));
        }
    }

    public void AddGroup(string group)
    {
        var words = OperationNames.GroupWords(group);
        AddDiscovery(
            $"/apis/{group}/", "get", $"get{string.Concat(words.Select(OperationNames.Capital))}APIGroup",
            words[0] + string.Concat(words.Skip(1).Select(OperationNames.Capital)), SchemaNames.ApiGroup, "get information of a group");
    }

    /// <summary>A path without resources, such as <c>/apis/</c>.</summary>
    public void AddDiscovery(string path, string method, string id, string tag, string answer, string description) => Add(
        new OpenApiPath(path, [], [new OpenApiOperation { Method = method, Id = id, Tag = tag, Answer = answer, Description = description }]));

    public void Add(OpenApiPath path)
    {
        Paths[path.Path] = path;
        foreach (var operation in path.Operations)
        {
            if (operation.Body is { } body)
                Schemas.Add(body);
            if (operation.Answer is { } answer)
                Schemas.Add(answer);
        }
    }
}
