using Sampan.Api;
using Sampan.Api.Core.V1;
using Sampan.Api.Networking.V1;
using Sampan.ApiServer.Registry.Core.Services;
using Sampan.ApiServer.Registry.Validation;

namespace Sampan.ApiServer.Registry.Networking;

/// <summary>Checks of ingresses. Upstream: pkg/apis/networking/validation.</summary>
internal static class IngressValidation
{
    private static readonly string[] PathTypes = ["Exact", "ImplementationSpecific", "Prefix"];
    private static readonly string[] BadSequences = ["//", "/./", "/../", "%2f", "%2F"];
    private static readonly string[] BadSuffixes = ["/..", "/."];

    /// <param name="old">The spec before an update: where names of secrets or rules of wildcards were wrong, those are not looked at.</param>
    public static void Validate(IngressSpec spec, IngressSpec? old, FieldPath path, FieldErrors errors)
    {
        var checkSecrets = !(old?.Tls).OrEmpty().Any(tls => SecretComplaints(tls).Count > 0);
        var checkWildcards = !(old?.Rules).OrEmpty().Any(rule => IsWildcard(rule) && IsWrong(rule));
        if (spec.Rules.OrEmpty().Count == 0 && spec.DefaultBackend is null)
        {
            errors.Invalid(path, spec.Rules, "either `defaultBackend` or `rules` must be specified");
        }
        if (spec.DefaultBackend is { } backend)
        {
            Backend(backend, path.Child("defaultBackend"), errors);
        }
        foreach (var (index, rule) in spec.Rules.OrEmpty().Index())
        {
            Rule(rule, path.Child("rules").Index(index), errors, checkWildcards);
        }
        foreach (var (index, tls) in spec.Tls.OrEmpty().Index())
        {
            Tls(tls, path.Child("tls").Index(index), errors, checkSecrets);
        }
        if (spec.IngressClassName is { } name)
        {
            errors.Invalid(path.Child("ingressClassName"), name, Names.IsDns1123Subdomain(name));
        }
    }

    private static IReadOnlyList<string> MaybeWildcard(string host) =>
        host.Contains('*', StringComparison.Ordinal) ? Names.IsWildcardDns1123Subdomain(host) : Names.IsDns1123Subdomain(host);

    private static bool IsWildcard(IngressRule rule) => rule.Host?.Contains('*', StringComparison.Ordinal) == true;

    private static bool IsWrong(IngressRule rule)
    {
        var errors = new FieldErrors();
        Http(rule, FieldPath.Of("rules"), errors);
        return errors.Any;
    }

    private static IReadOnlyList<string> SecretComplaints(IngressTLS tls) =>
        string.IsNullOrEmpty(tls.SecretName) ? [] : Names.IsDns1123Subdomain(tls.SecretName);

    private static void Tls(IngressTLS tls, FieldPath path, FieldErrors errors, bool checkSecrets)
    {
        foreach (var (index, host) in tls.Hosts.OrEmpty().Index())
        {
            errors.Invalid(path.Child("hosts").Index(index), host, MaybeWildcard(host));
        }
        errors.Invalid(path.Child("secretName"), tls.SecretName, checkSecrets ? SecretComplaints(tls) : []);
    }

    private static void Rule(IngressRule rule, FieldPath path, FieldErrors errors, bool checkWildcards)
    {
        if (rule.Host is { Length: > 0 } host)
        {
            if (AddressChecks.TryParse(host, out _, out _))
            {
                errors.Invalid(path.Child("host"), host, LoadBalancerValidation.NotAddress);
            }
            errors.Invalid(path.Child("host"), host, MaybeWildcard(host));
        }
        if (checkWildcards || !IsWildcard(rule))
        {
            Http(rule, path, errors);
        }
    }

    private static void Http(IngressRule rule, FieldPath path, FieldErrors errors)
    {
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
            HttpPath(one, path.Child("http").Child("paths").Index(index), errors);
        }
    }

    private static void HttpPath(HTTPIngressPath given, FieldPath path, FieldErrors errors)
    {
        var text = given.Path ?? "";
        switch (given.PathType)
        {
            case null:
                errors.Required(path.Child("pathType"), "pathType must be specified");
                return;
            case "Exact" or "Prefix":
                Absolute(text, path.Child("path"), errors);
                foreach (var bad in BadSequences.Where(bad => text.Contains(bad, StringComparison.Ordinal)))
                {
                    errors.Invalid(path.Child("path"), text, $"must not contain '{bad}'");
                }
                foreach (var bad in BadSuffixes.Where(bad => text.EndsWith(bad, StringComparison.Ordinal)))
                {
                    errors.Invalid(path.Child("path"), text, $"cannot end with '{bad}'");
                }
                break;
            case "ImplementationSpecific" when text.Length > 0:
                Absolute(text, path.Child("path"), errors);
                break;
            default:
                FieldChecks.OneOf(path.Child("pathType"), given.PathType, errors, PathTypes);
                break;
        }
        Backend(given.Backend, path.Child("backend"), errors);
    }

    private static void Absolute(string text, FieldPath path, FieldErrors errors)
    {
        if (!text.StartsWith('/'))
        {
            errors.Invalid(path, text, "must be an absolute path");
        }
    }

    private static void Backend(IngressBackend backend, FieldPath path, FieldErrors errors)
    {
        if (backend.Service is not null && backend.Resource is not null)
        {
            errors.Invalid(path, "", "cannot set both resource and service backends");
        }
        else if (backend.Resource is { } resource)
        {
            Resource(resource, path.Child("resource"), errors);
        }
        else if (backend.Service is { } service)
        {
            Service(service, path, errors);
        }
        else
        {
            errors.Invalid(path, "", "resource or service backend is required");
        }
    }

    private static void Resource(TypedLocalObjectReference resource, FieldPath path, FieldErrors errors)
    {
        if (resource.ApiGroup is { } group)
        {
            errors.Invalid(path.Child("apiGroup"), group, Names.IsDns1123Subdomain(group));
        }
        FieldChecks.RequiredSegment(path.Child("kind"), resource.Kind, errors, "kind is required");
        FieldChecks.RequiredSegment(path.Child("name"), resource.Name, errors, "name is required");
    }

    private static void Service(IngressServiceBackend service, FieldPath path, FieldErrors errors)
    {
        var at = path.Child("service");
        if (service.Name.Length == 0)
        {
            errors.Required(at.Child("name"));
        }
        else
        {
            errors.Invalid(at.Child("name"), service.Name, Names.IsDns1123Label(service.Name));
        }
        var hasName = !string.IsNullOrEmpty(service.Port.Name);
        if (hasName && service.Port.Number != 0)
        {
            errors.Invalid(path, "", "cannot set both port name & port number");
        }
        else if (hasName)
        {
            errors.Invalid(at.Child("port").Child("name"), service.Port.Name, Names.IsPortName(service.Port.Name!));
        }
        else if (service.Port.Number != 0)
        {
            errors.Invalid(at.Child("port").Child("number"), service.Port.Number, Names.IsPortNumber(service.Port.Number));
        }
        else
        {
            errors.Required(path, "port name or number is required");
        }
    }
}
