using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using Sampan.Client.Features;
using Sampan.Cluster.Host;

namespace Sampan.Commands;

/// <summary>
/// A flag of a component that stands for a field of the component's configuration file, and wins over it.
/// <code>
/// --max-pods=50                        maxPods: 50
/// --eviction-hard=memory.available&lt;1Gi  evictionHard: { memory.available: 1Gi }
/// --client-ca-file=/ca.crt             authentication: { x509: { clientCAFile: /ca.crt } }
/// </code>
/// </summary>
internal sealed class ConfigurationFlag
{
    private readonly Option<string[]> _option;
    private readonly string _field;
    private readonly Func<string, JsonNode?> _read;

    private ConfigurationFlag(string name, string field, string? description, Func<string, JsonNode?> read)
    {
        (_field, _read) = (field, read);
        _option = new Option<string[]>(name) { Description = description, Hidden = description is null, Arity = ArgumentArity.ZeroOrMore };
    }

    public Option Option => _option;

    public static ConfigurationFlag Text(string name, string field, string? description = null) => new(name, field, description, text => text);

    public static ConfigurationFlag Number(string name, string field, string? description = null) =>
        new(name, field, description, text => long.Parse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture));

    /// <summary>Without a value it means true.</summary>
    public static ConfigurationFlag Switch(string name, string field, string? description = null) => new(name, field, description, text => text.Length == 0 || bool.Parse(text));

    public static ConfigurationFlag List(string name, string field, string? description = null) =>
        new(name, field, description, text => new JsonArray([.. Words(text).Select(word => JsonValue.Create(word))]));

    /// <summary>Pairs, comma-separated: <c>cpu=1,memory=1Gi</c>.</summary>
    public static ConfigurationFlag Map(string name, string field, char separator = '=', string? description = null) =>
        new(name, field, description, text => Pairs(text, separator, value => value));

    /// <summary>Feature gates.</summary>
    public static ConfigurationFlag Switches(string name, string field, string? description = null) =>
        new(name, field, description, text => new JsonObject(FeatureGates.Parse(text).Select(one => KeyValuePair.Create(one.Key, (JsonNode?)one.Value))));

    /// <summary>Taints as <c>key=value:Effect</c>.</summary>
    public static ConfigurationFlag Taints(string name, string field, string? description = null) =>
        new(name, field, description, text => new JsonArray([.. Words(text).Select(Taint)]));

    /// <summary>Writes what the command line says into the configuration.</summary>
    /// <exception cref="HostException">The value makes no sense for this flag.</exception>
    public void Apply(ParseResult result, JsonObject configuration)
    {
        if (result.GetResult(_option) is null)
        {
            return;
        }

        var text = string.Join(',', result.GetValue(_option) ?? []);
        try
        {
            var path = _field.Split('.');
            Parent(configuration, path)[path[^1]] = _read(text);
        }
        catch (Exception e) when (e is FormatException or OverflowException)
        {
            throw new HostException($"invalid argument \"{text}\" for \"{_option.Name}\" flag: {e.Message}");
        }
    }

    private static JsonObject Parent(JsonObject root, string[] path)
    {
        var node = root;
        foreach (var name in path[..^1])
        {
            if (node[name] is not JsonObject child)
            {
                node[name] = child = [];
            }

            node = child;
        }

        return node;
    }

    private static string[] Words(string text) => text.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    private static JsonObject Pairs(string text, char separator, Func<string, JsonNode> value)
    {
        var result = new JsonObject();
        foreach (var word in Words(text))
        {
            result[word.Split(separator)[0]] = word.Split(separator, 2) is [_, var given] ? value(given) : throw new FormatException($"\"{word}\" is not written as name{separator}value");
        }

        return result;
    }

    private static JsonObject Taint(string word)
    {
        var colon = word.LastIndexOf(':');
        if (colon <= 0)
        {
            throw new FormatException($"\"{word}\" is not written as key=value:Effect");
        }

        var pair = word[..colon].Split('=', 2);
        return new JsonObject { ["key"] = pair[0], ["value"] = pair.Length > 1 ? pair[1] : null, ["effect"] = word[(colon + 1)..] };
    }
}
