using Sampan.Api;
using Sampan.Api.Networking.V1;
using Sampan.ApiServer.Registry.Core.Services;
using Sampan.ApiServer.Registry.Validation;

namespace Sampan.ApiServer.Registry.Networking;

/// <summary>Ingresses.</summary>
internal sealed class IngressStrategy() : SpecStatusStrategy<Ingress>(Parts)
{
    private const string ClassAnnotation = "kubernetes.io/ingress.class";

    private static readonly SpecStatus<Ingress> Parts = new(
        (from, to) => to.Spec = from.Spec,
        (from, to) => to.Status = from.Status,
        ingress => ingress.Status = new IngressStatus(),
        (a, b) => a.Spec.DeepEquals(b.Spec));

    protected override void Validate(WriteContext context, Ingress ingress, FieldErrors errors)
    {
        IngressValidation.Validate(ingress.Spec, null, FieldPath.Of("spec"), errors);
        if (ingress.Metadata.Annotations.OrEmpty().TryGetValue(ClassAnnotation, out var annotated)
            && ingress.Spec.IngressClassName is { } name && annotated != name)
        {
            errors.Invalid(
                FieldPath.Of("annotations").Child(ClassAnnotation), annotated, "must match `ingressClassName` when both are specified");
        }
    }

    protected override void ValidateUpdate(WriteContext context, Ingress ingress, Ingress old, FieldErrors errors) =>
        IngressValidation.Validate(ingress.Spec, old.Spec, FieldPath.Of("spec"), errors);

    protected override IEnumerable<string> Warnings(WriteContext context, Ingress ingress, Ingress? old) =>
        old is null && ingress.Spec.IngressClassName is null && ingress.Metadata.Annotations.OrEmpty().ContainsKey(ClassAnnotation)
            ? [$"annotation \"{ClassAnnotation}\" is deprecated, please use 'spec.ingressClassName' instead"] : [];

    protected override void ValidateStatusUpdate(WriteContext context, Ingress ingress, Ingress old, FieldErrors errors)
    {
        var known = old.Status.LoadBalancer.Ingress.OrEmpty().Select(point => point.Ip ?? "").ToList();
        foreach (var (index, point) in ingress.Status.LoadBalancer.Ingress.OrEmpty().Index())
        {
            var path = FieldPath.Of("status").Child("loadBalancer").Child("ingress").Index(index);
            if (point.Ip is { Length: > 0 } ip)
            {
                AddressChecks.Address(path.Child("ip"), ip, errors, known);
            }
            if (point.Hostname is { Length: > 0 } host)
            {
                LoadBalancerValidation.HostName(host, path.Child("hostname"), errors);
            }
        }
    }
}
