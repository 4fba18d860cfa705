using Sampan.Api;
using Sampan.Api.Networking.V1;

namespace Sampan.ApiServer.Admission;

/// <summary>Ingresses that name no class get the default one.</summary>
internal sealed class DefaultIngressClass(IObjectSource objects) : AdmissionPlugin
{
    public override string Name => "DefaultIngressClass";

    public override ValueTask MutateAsync(AdmissionRequest request)
    {
        if (request is { Operation: AdmissionOperation.Create, Subresource: "", Object: Ingress ingress }
            && ingress.Spec.IngressClassName is null && !ingress.Metadata.Annotations.OrEmpty().ContainsKey("kubernetes.io/ingress.class"))
        {
            ingress.Spec.IngressClassName =
                DefaultObjects.Find<IngressClass>(objects, "ingressclass.kubernetes.io/is-default-class")?.Metadata.Name;
        }
        return ValueTask.CompletedTask;
    }
}
