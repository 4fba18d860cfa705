using YamlDotNet.RepresentationModel;

namespace Sampan.Client;

/// <summary>Small steps through YAML nodes that may be absent.</summary>
internal static class YamlNodes
{
    public static YamlNode? Find(this YamlMappingNode map, string field) =>
        map.Children.TryGetValue(new YamlScalarNode(field), out var node) ? node : null;

    public static string? Text(this YamlMappingNode map, string field) => (map.Find(field) as YamlScalarNode)?.Value;

    public static YamlMappingNode? Map(this YamlMappingNode map, string field) => map.Find(field) as YamlMappingNode;

    public static IEnumerable<YamlNode> List(this YamlMappingNode map, string field) =>
        map.Find(field) as YamlSequenceNode ?? Enumerable.Empty<YamlNode>();

    public static void Set(this YamlMappingNode map, string field, YamlNode value) => map.Children[new YamlScalarNode(field)] = value;
}
