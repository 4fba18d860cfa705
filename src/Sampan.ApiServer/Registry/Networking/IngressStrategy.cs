using Sampan.Api;
using Sampan.Api.Networking.V1;

namespace Sampan.ApiServer.Registry.Networking;

/// <summary>Ingresses.</summary>
internal sealed class IngressStrategy() : SpecStatusStrategy<Ingress>(Parts)
{
    private static readonly SpecStatus<Ingress> Parts = new(
        (from, to) => to.Spec = from.Spec,
        (from, to) => to.Status = from.Status,
        ingress => ingress.Status = new IngressStatus(),
        (a, b) => a.Spec.DeepEquals(b.Spec));

    private static readonly string[] PathTypes = ["Exact", "ImplementationSpecific", "Prefix"];

    protected override void Validate(WriteContext context, Ingress ingress, FieldErrors errors)
    {
        var (spec, path) = (ingress.Spec, FieldPath.Of("spec"));
        if (spec.Rules.OrEmpty().Count == 0 && spec.DefaultBackend is null)
        {
            errors.Invalid(path, spec.Rules ?? [], "either `defaultBackend` or `rules` must be specified");
        }
        if (spec.DefaultBackend is { } backend)
        {
            Backend(backend, path.Child("defaultBackend"), errors);
        }
        if (spec.IngressClassName is { } name)
        {
            errors.Invalid(path.Child("ingressClassName"), name, Names.IsDns1123Subdomain(name));
        }
        foreach (var (index, rule) in spec.Rules.OrEmpty().Index())
        {
            Rule(rule, path.Child("rules").Index(index), errors);
        }
    }

    private static void Rule(IngressRule rule, FieldPath path, FieldErrors errors)
    {
        if (rule.Host is { Length: > 0 } host)
        {
            errors.Invalid(path.Child("host"), host, host.Contains('*', StringComparison.Ordinal)
                ? Names.IsWildcardDns1123Subdomain(host) : Names.IsDns1123Subdomain(host));
        }
        if (rule.Http is not { } http)
        {
            return;
        }
        if (http.Paths.Count == 0)
        {
            errors.Required(path.Child("http").Child("paths"));
        }
        foreach (var (index, one) in http.Paths.Index())
        {
            var at = path.Child("http").Child("paths").Index(index);
            if (one.PathType is null)
            {
                errors.Required(at.Child("pathType"), "pathType must be specified");
            }
            else if (!PathTypes.Contains(one.PathType))
            {
                errors.NotSupported(at.Child("pathType"), one.PathType, PathTypes);
            }
            else if (one.PathType != "ImplementationSpecific" && one.Path?.StartsWith('/') != true)
            {
                errors.Invalid(at.Child("path"), one.Path ?? "", "must be an absolute path");
            }
            Backend(one.Backend, at.Child("backend"), errors);
        }
    }

    private static void Backend(IngressBackend backend, FieldPath path, FieldErrors errors)
    {
        if (backend.Service is not null && backend.Resource is not null)
        {
            errors.Invalid(path, "", "cannot set both resource and service backends");
        }
        else if (backend.Service is { } service)
        {
            var at = path.Child("service");
            if (service.Name.Length == 0)
            {
                errors.Required(at.Child("name"));
            }
            if (string.IsNullOrEmpty(service.Port.Name) && service.Port.Number == 0)
            {
                errors.Required(at, "port name or number is required");
            }
        }
        else if (backend.Resource is null)
        {
            errors.Required(path, "resource or service backend is required");
        }
    }
}
