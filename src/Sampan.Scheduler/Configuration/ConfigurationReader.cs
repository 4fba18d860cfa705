using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using Sampan.Api.Codec;

namespace Sampan.Scheduler.Configuration;

/// <summary>Reads a configuration file, strictly: what is not known, or appears twice, is an error.</summary>
public static class ConfigurationReader
{
    private static readonly Dictionary<string, Func<JsonObject, string, IPluginArgs>> Args = new()
    {
        ["DefaultPreemption"] = (json, path) => ReadPart(json, path, ConfigurationJson.Default.DefaultPreemptionArgs),
        ["DynamicResources"] = (json, path) => ReadPart(json, path, ConfigurationJson.Default.DynamicResourcesArgs),
        ["InterPodAffinity"] = (json, path) => ReadPart(json, path, ConfigurationJson.Default.InterPodAffinityArgs),
        ["NodeAffinity"] = (json, path) => ReadPart(json, path, ConfigurationJson.Default.NodeAffinityArgs),
        ["NodeResourcesBalancedAllocation"] = (json, path) => ReadPart(json, path, ConfigurationJson.Default.NodeResourcesBalancedAllocationArgs),
        ["NodeResourcesFit"] = (json, path) => ReadPart(json, path, ConfigurationJson.Default.NodeResourcesFitArgs),
        ["PodTopologySpread"] = (json, path) => ReadPart(json, path, ConfigurationJson.Default.PodTopologySpreadArgs),
        ["VolumeBinding"] = (json, path) => ReadPart(json, path, ConfigurationJson.Default.VolumeBindingArgs),
    };

    /// <exception cref="ConfigurationException">The file can't be read, or says what can't be.</exception>
    public static KubeSchedulerConfiguration ReadFile(string path)
    {
        try
        {
            return Read(File.ReadAllBytes(path));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ConfigurationException)
        {
            throw new ConfigurationException($"--config {path}: {e.Message}", e);
        }
    }

    /// <summary>What is in force without a file.</summary>
    public static KubeSchedulerConfiguration Default()
    {
        var configuration = new KubeSchedulerConfiguration();
        SetDefaults(configuration);
        return configuration;
    }

    /// <summary>From YAML or JSON, with defaults, checked.</summary>
    /// <exception cref="ConfigurationException">The text says what can't be.</exception>
    public static KubeSchedulerConfiguration Read(ReadOnlySpan<byte> yaml)
    {
        var configuration = ReadPart(Parse(yaml), "", ConfigurationJson.Default.KubeSchedulerConfiguration);
        if (configuration.ApiVersion != KubeSchedulerConfiguration.GroupVersion || configuration.Kind != nameof(KubeSchedulerConfiguration))
        {
            throw new ConfigurationException($"no kind \"{configuration.Kind}\" is registered for version \"{configuration.ApiVersion}\": "
                + $"expected {nameof(KubeSchedulerConfiguration)} of {KubeSchedulerConfiguration.GroupVersion}");
        }
        SetDefaults(configuration);
        var errors = new FieldErrors();
        configuration.Validate(errors);
        return errors.Any ? throw new ConfigurationException(errors.ToString()) : configuration;
    }

    internal static bool TakesArguments(string plugin) => Args.ContainsKey(plugin);

    private static void SetDefaults(KubeSchedulerConfiguration configuration)
    {
        configuration.SetDefaults();
        for (var i = 0; i < configuration.Profiles.Count; i++)
        {
            for (var j = 0; j < configuration.Profiles[i].PluginConfig.Count; j++) ReadArgs(configuration.Profiles[i].PluginConfig[j], $"profiles[{i}].pluginConfig[{j}].args");
        }
    }

    private static JsonObject Parse(ReadOnlySpan<byte> yaml)
    {
        try
        {
            return JsonNode.Parse(YamlTree.ToJson(yaml)) as JsonObject ?? throw new ConfigurationException("the configuration is not an object");
        }
        catch (Exception e) when (e is YamlFormatException or JsonException)
        {
            throw new ConfigurationException($"the configuration is no YAML: {e.Message}", e);
        }
    }

    private static void ReadArgs(PluginConfig config, string path)
    {
        if (!Args.TryGetValue(config.Name, out var read)) return;
        var args = config.Args is { ValueKind: JsonValueKind.Object } given ? JsonObject.Create(given)! : [];
        var kind = args["kind"]?.ToString() ?? config.Name + "Args";
        if (kind != config.Name + "Args") throw new ConfigurationException($"args for plugin {config.Name} were not of type {config.Name}Args.kubescheduler.config.k8s.io, got {kind}");
        args.Remove("kind");
        args.Remove("apiVersion");
        config.Known = read(args, path);
        config.Known.SetDefaults();
    }

    private static T ReadPart<T>(JsonObject json, string path, JsonTypeInfo<T> form)
    {
        RemoveNulls(json);
        try
        {
            return json.Deserialize(form)!;
        }
        catch (JsonException e)
        {
            var place = string.Join('.', new[] { path, e.Path?.TrimStart('$').TrimStart('.') ?? "" }.Where(part => part.Length > 0));
            throw new ConfigurationException(e.Message.Contains("could not be mapped", StringComparison.Ordinal)
                ? $"strict decoding error: unknown field \"{place}\""
                : $"{place}: {e.Message}", e);
        }
    }

    // A null is as if it were not there, so that defaults stay.
    private static void RemoveNulls(JsonNode node)
    {
        if (node is JsonArray array)
        {
            foreach (var item in array) if (item is not null) RemoveNulls(item);
        }
        if (node is not JsonObject map) return;
        foreach (var (name, value) in map.ToList())
        {
            if (value is null) map.Remove(name);
            else RemoveNulls(value);
        }
    }
}
