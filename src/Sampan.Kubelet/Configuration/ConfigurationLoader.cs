using System.Text.Json;
using System.Text.Json.Nodes;
using Sampan.Api.Codec;

namespace Sampan.Kubelet.Configuration;

/// <summary>
/// Puts the configuration together from a file, from the drop-ins of a directory (<c>*.conf</c>, in order of their names) and
/// from flags, each over what came before. Objects are merged, lists and values replaced.
/// <code>
/// kubelet.yaml        maxPods: 110, evictionHard: { memory.available: 100Mi }
/// conf.d/10-big.conf  maxPods: 250
/// --max-pods=200                                                → maxPods: 200
/// </code>
/// </summary>
public static class ConfigurationLoader
{
    private const string DropInExtension = ".conf";

    /// <param name="file">Null for none.</param>
    /// <param name="dropIns">A directory; null for none.</param>
    /// <param name="flags">What flags say, in the file's own form.</param>
    /// <exception cref="ConfigurationException">A file is missing, is no KubeletConfiguration, or contradicts itself.</exception>
    public static KubeletConfiguration Load(string? file, string? dropIns, JsonObject flags)
    {
        var tree = file is null ? [] : Read(file);
        foreach (var dropIn in DropIns(dropIns))
        {
            Merge(tree, Read(dropIn));
        }

        Merge(tree, flags);
        return ConfigurationValidation.Check(Complete(Parse(tree, file ?? "the flags"), tree));
    }

    private static IEnumerable<string> DropIns(string? directory)
    {
        if (directory is null)
        {
            return [];
        }

        return Directory.Exists(directory)
            ? Directory.GetFiles(directory, "*" + DropInExtension, SearchOption.AllDirectories).Order(StringComparer.Ordinal)
            : throw new ConfigurationException($"kubelet config drop-in directory {directory} does not exist");
    }

    private static JsonObject Read(string file)
    {
        try
        {
            var tree = YamlTree.Parse(File.ReadAllText(file)) as JsonObject ?? throw new ConfigurationException($"{file} holds no object");
            var (version, kind) = ((string?)tree["apiVersion"], (string?)tree["kind"]);
            if (version != KubeletConfiguration.ApiVersionText || kind != KubeletConfiguration.KindText)
            {
                throw new ConfigurationException($"{file}: no kind \"{kind}\" is registered for version \"{version}\"; want {KubeletConfiguration.KindText} of {KubeletConfiguration.ApiVersionText}");
            }

            tree.Remove("apiVersion");
            tree.Remove("kind");
            Parse(tree, file);
            return tree;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonFormatException or InvalidOperationException)
        {
            throw new ConfigurationException($"failed to load Kubelet config file {file}: {e.Message}", e);
        }
    }

    private static KubeletConfiguration Parse(JsonObject tree, string source)
    {
        try
        {
            return ConfigurationJson.Read(tree);
        }
        catch (JsonException e)
        {
            throw new ConfigurationException($"failed to load Kubelet config file {source}: {e.Message}", e);
        }
    }

    /// <summary>Defaults that depend on other fields.</summary>
    private static KubeletConfiguration Complete(KubeletConfiguration given, JsonObject tree) => given with
    {
        NodeStatusReportFrequency = !tree.ContainsKey("nodeStatusReportFrequency") && tree.ContainsKey("nodeStatusUpdateFrequency")
            ? given.NodeStatusUpdateFrequency
            : given.NodeStatusReportFrequency,
        SerializeImagePulls = tree.ContainsKey("serializeImagePulls") ? given.SerializeImagePulls : given.MaxParallelImagePulls is null or < 2,
        EvictionHard = given.MergeDefaultEvictionSettings
            ? new KubeletConfiguration().EvictionHard.Concat(given.EvictionHard).GroupBy(e => e.Key).ToDictionary(g => g.Key, g => g.Last().Value)
            : given.EvictionHard,
    };

    private static void Merge(JsonObject target, JsonObject over)
    {
        foreach (var (name, value) in over)
        {
            if (value is JsonObject inner && target[name] is JsonObject known)
            {
                Merge(known, inner);
            }
            else if (value is not null)
            {
                target[name] = value.DeepClone();
            }
        }
    }
}
