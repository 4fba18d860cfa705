namespace Sampan.ApiServer.Admission;

/// <summary>The admission plugins in their order. All mutate before the first validates.</summary>
internal sealed class AdmissionChain(IReadOnlyList<AdmissionPlugin> plugins)
{
    public IReadOnlyList<AdmissionPlugin> Plugins => plugins;

    public async ValueTask MutateAsync(AdmissionRequest request)
    {
        foreach (var plugin in plugins)
        {
            await plugin.MutateAsync(request);
        }
    }

    public async ValueTask ValidateAsync(AdmissionRequest request)
    {
        foreach (var plugin in plugins)
        {
            await plugin.ValidateAsync(request);
        }
    }
}
