using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using Sampan.Api.Codec;
using Sampan.Proxy.Model;

namespace Sampan.Proxy.Configuration;

/// <summary>Reads the configuration from a file, or from flags in the file's form. As upstream's, the file replaces the flags.</summary>
public static class ConfigurationLoader
{
    /// <param name="file">Null for none.</param>
    /// <param name="flags">What flags say, in the file's own form.</param>
    /// <exception cref="ConfigurationException">The file is missing, is no KubeProxyConfiguration, or asks for what is not here.</exception>
    public static KubeProxyConfiguration Load(string? file, JsonObject flags) =>
        Check(file is null ? Parse(flags, "the flags") : Parse(Read(file), file));

    /// <summary>An address with a port, as <c>127.0.0.1:10249</c>; null for an empty text.</summary>
    /// <exception cref="ConfigurationException">The text is neither.</exception>
    public static IPEndPoint? EndPoint(string field, string text) =>
        text.Length == 0 ? null
        : IPEndPoint.TryParse(text, out var where) && where.Port != 0 ? where
        : throw new ConfigurationException($"{field}: Invalid value: \"{text}\": must be IP:port");

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

    private static KubeProxyConfiguration Check(KubeProxyConfiguration configuration)
    {
        EndPoint("healthzBindAddress", configuration.HealthzBindAddress);
        EndPoint("metricsBindAddress", configuration.MetricsBindAddress);
        foreach (var cidr in configuration.ClusterCidr.Split(',', StringSplitOptions.RemoveEmptyEntries).Concat(configuration.NodePortAddresses))
        {
            if (cidr != "primary" && Cidr.Parse(cidr) is null)
                throw new ConfigurationException($"\"{cidr}\" is no range of addresses: write it as 10.244.0.0/16");
        }

        if (configuration.Mode is not ("" or "nftables" or "iptables" or "ipvs"))
            throw new ConfigurationException($"mode: Invalid value: \"{configuration.Mode}\": must be iptables, ipvs, nftables or blank");
        CheckDetectLocal(configuration);
        if (configuration.Nftables.MasqueradeBit is not (null or 14))
            throw new ConfigurationException("nftables.masqueradeBit: 14 is built in");
        return configuration;
    }

    private static void CheckDetectLocal(KubeProxyConfiguration configuration)
    {
        var mode = configuration.DetectLocalMode;
        if (mode.Length > 0 && !Enum.IsDefined(typeof(DetectLocalMode), mode))
        {
            throw new ConfigurationException(
                $"detectLocalMode: Invalid value: \"{mode}\": must be {string.Join(", ", Enum.GetNames<DetectLocalMode>())} or blank");
        }

        var (field, name) = configuration.LocalMode switch
        {
            Proxy.DetectLocalMode.BridgeInterface => ("bridgeInterface", configuration.DetectLocal.BridgeInterface),
            Proxy.DetectLocalMode.InterfaceNamePrefix => ("interfaceNamePrefix", configuration.DetectLocal.InterfaceNamePrefix),
            _ => ("", "-"),
        };
        if (name.Length == 0) throw new ConfigurationException($"detectLocal.{field}: Invalid value: \"\": must not be empty with detectLocalMode {mode}");
    }
}
