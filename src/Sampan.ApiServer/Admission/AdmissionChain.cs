using Sampan.ApiServer.Tracing;

namespace Sampan.ApiServer.Admission;

/// <summary>The admission plugins in their order. All mutate before the first validates.</summary>
internal sealed class AdmissionChain(IReadOnlyList<AdmissionPlugin> plugins, AdmissionMetrics metrics)
{
    public IReadOnlyList<AdmissionPlugin> Plugins => plugins;

    public ValueTask MutateAsync(AdmissionRequest request) =>
        RunAsync(request, AdmissionMetrics.Mutating, static (plugin, request) => plugin.MutateAsync(request));

    public ValueTask ValidateAsync(AdmissionRequest request) =>
        RunAsync(request, AdmissionMetrics.Validating, static (plugin, request) => plugin.ValidateAsync(request));

    private async ValueTask RunAsync(AdmissionRequest request, string type, Func<AdmissionPlugin, AdmissionRequest, ValueTask> run)
    {
        using var span = Spans.Start(type == AdmissionMetrics.Mutating ? "mutating admission" : "validating admission");
        var (began, before, rejected) = (metrics.Now, metrics.Now, true);
        AdmissionPlugin? current = null;
        try
        {
            foreach (var plugin in plugins)
            {
                current = plugin;
                await run(plugin, request);
                metrics.Plugin(plugin.Name, request.Operation, type, rejected: false, ref before);
            }
            rejected = false;
        }
        finally
        {
            if (rejected && current is not null)
            {
                metrics.Plugin(current.Name, request.Operation, type, rejected: true, ref before);
            }
            metrics.Step(request.Operation, type, rejected, began);
        }
    }
}
