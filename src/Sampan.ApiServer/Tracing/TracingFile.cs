using System.Text.Json.Nodes;
using Sampan.Api.Codec;

namespace Sampan.ApiServer.Tracing;

/// <summary>Reads a tracing configuration as upstream writes it: apiserver.config.k8s.io, TracingConfiguration.</summary>
public static class TracingFile
{
    private const string DefaultEndpoint = "localhost:4317";

    /// <exception cref="FormatException">The text is no tracing configuration.</exception>
    public static TracingOptions Parse(string text, string file)
    {
        if (YamlTree.Parse(text) is not JsonObject config || (string?)config["kind"] != "TracingConfiguration"
            || ((string?)config["apiVersion"])?.StartsWith("apiserver.config.k8s.io/", StringComparison.Ordinal) != true)
        {
            throw new FormatException($"{file}: expected apiVersion apiserver.config.k8s.io/v1 and kind TracingConfiguration");
        }
        var endpoint = (string?)config["endpoint"] ?? DefaultEndpoint;
        if (!Uri.TryCreate(endpoint.Contains("://", StringComparison.Ordinal) ? endpoint : $"http://{endpoint}", UriKind.Absolute, out var address))
        {
            throw new FormatException($"{file}: endpoint {endpoint} is no address");
        }
        var rate = config["samplingRatePerMillion"] is JsonValue value && value.TryGetValue<long>(out var given) ? given : 0;
        return rate is >= 0 and <= 1_000_000
            ? new TracingOptions(address, (int)rate)
            : throw new FormatException($"{file}: samplingRatePerMillion must be from 0 to 1000000");
    }
}
