using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using Sampan.Api.Codec;
using Sampan.Client.Features;

namespace Sampan.Proxy.Configuration;

/// <summary>Reads the configuration from a file, or from flags in the file's form. As upstream's, the file replaces the flags.</summary>
public static class ConfigurationLoader
{
    /// <param name="file">Null for none.</param>
    /// <param name="flags">What flags say, in the file's own form.</param>
    /// <exception cref="ConfigurationException">The file is missing, is no KubeProxyConfiguration, or asks for what is not here.</exception>
    public static KubeProxyConfiguration Load(string? file, JsonObject flags) =>
        Check(file is null ? Parse(flags, "the flags") : WithDefaults(Parse(Read(file), file)));

    /// <summary>An address as the flags for it and for its port say: a port that the address names wins, port 0 means nowhere.</summary>
    public static string AddressOfFlags(string address, int port) =>
        port == 0 ? "" : IPAddress.TryParse(address.Trim('[', ']'), out var host) ? new IPEndPoint(host, port).ToString() : address;

    /// <summary>An address with a port of a configuration that was loaded, as <c>127.0.0.1:10249</c>; null for an empty text.</summary>
    public static IPEndPoint? EndPoint(string text) => text.Length == 0 ? null : IPEndPoint.Parse(text);

    /// <summary>The configuration in its file's form, with all defaults.</summary>
    public static JsonObject Write(KubeProxyConfiguration configuration)
    {
        var tree = (JsonObject)JsonSerializer.SerializeToNode(configuration, ConfigurationJson.Default.KubeProxyConfiguration)!;
        (tree["apiVersion"], tree["kind"]) = (KubeProxyConfiguration.ApiVersionText, KubeProxyConfiguration.KindText);
        return tree;
    }

    private static JsonObject Read(string file)
    {
        try
        {
            var tree = YamlTree.Parse(File.ReadAllText(file)) as JsonObject ?? throw new ConfigurationException($"{file} holds no object");
            var (version, kind) = ((string?)tree["apiVersion"], (string?)tree["kind"]);
            if (version != KubeProxyConfiguration.ApiVersionText || kind != KubeProxyConfiguration.KindText)
            {
                throw new ConfigurationException(
                    $"{file}: no kind \"{kind}\" is registered for version \"{version}\"; want {KubeProxyConfiguration.KindText} of {KubeProxyConfiguration.ApiVersionText}");
            }

            tree.Remove("apiVersion");
            tree.Remove("kind");
            foreach (string address in new[] { "healthzBindAddress", "metricsBindAddress" }) tree[address] ??= "";
            return tree;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonFormatException or InvalidOperationException)
        {
            throw new ConfigurationException($"failed to load kube-proxy config file {file}: {e.Message}", e);
        }
    }

    private static KubeProxyConfiguration Parse(JsonObject tree, string source)
    {
        foreach (var (name, _) in tree.Where(field => field.Value is null).ToList()) tree.Remove(name);
        try
        {
            return tree.Deserialize(ConfigurationJson.Default.KubeProxyConfiguration) ?? new();
        }
        catch (JsonException e)
        {
            throw new ConfigurationException($"failed to load kube-proxy config from {source}: {e.Message}", e);
        }
    }

    /// <summary>In a file, unlike in a flag, an empty address means the default.</summary>
    private static KubeProxyConfiguration WithDefaults(KubeProxyConfiguration configuration)
    {
        bool v6 = configuration.BindAddress.Contains(':', StringComparison.Ordinal);
        if (configuration.HealthzBindAddress.Length == 0) configuration.HealthzBindAddress = v6 ? "[::]:10256" : "0.0.0.0:10256";
        if (configuration.MetricsBindAddress.Length == 0) configuration.MetricsBindAddress = v6 ? "[::1]:10249" : "127.0.0.1:10249";
        return configuration;
    }

    private static KubeProxyConfiguration Check(KubeProxyConfiguration configuration) => Problems(configuration) switch
    {
        [] => configuration,
        [var only] => throw new ConfigurationException(only),
        var several => throw new ConfigurationException($"[{string.Join(", ", several)}]"),
    };

    // Gates come first, as they say what else there is to check.
    private static IReadOnlyList<string> Problems(KubeProxyConfiguration configuration) =>
        FeatureGates.Problem(configuration.FeatureGates ?? []) is { } gates ? [gates] : ConfigurationValidation.Validate(configuration);
}
