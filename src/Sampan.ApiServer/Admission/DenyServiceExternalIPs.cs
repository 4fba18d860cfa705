using Sampan.Api;
using Sampan.Api.Core.V1;

namespace Sampan.ApiServer.Admission;

/// <summary>Keeps Services from taking traffic to addresses of others; those that a Service has already stay.</summary>
internal sealed class DenyServiceExternalIPs : AdmissionPlugin
{
    public override string Name => "DenyServiceExternalIPs";

    public override ValueTask ValidateAsync(AdmissionRequest request)
    {
        if (request.Is("", "services") && request.Object is Service service
            && service.Spec.ExternalIPs.OrEmpty().Except((request.OldObject as Service)?.Spec.ExternalIPs ?? []).Any())
        {
            throw request.Forbidden("Use of external IPs is denied by admission control");
        }
        return ValueTask.CompletedTask;
    }
}
