using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace Sampan.ApiServer.Tracing;

/// <summary>Listens to a source, samples and sends its spans.</summary>
internal static class OtlpExport
{
    public const string ServiceName = "apiserver";

    public static IDisposable Start(string source, TracingOptions options) => Sdk.CreateTracerProviderBuilder()
        .AddSource(source)
        .ConfigureResource(resource => resource.AddService(ServiceName))
        .SetSampler(new ParentBasedSampler(new TraceIdRatioBasedSampler(options.SamplingRatePerMillion / 1e6)))
        .AddOtlpExporter(exporter => (exporter.Endpoint, exporter.Protocol) = (options.Endpoint, OtlpExportProtocol.Grpc))
        .Build();
}
