using Sampan.Api;
using Sampan.Api.Core.V1;

namespace Sampan.ApiServer.Registry.Core;

/// <summary>Checks of pods and of pod templates. Upstream: pkg/apis/core/validation/validation.go.</summary>
internal static class PodValidation
{
    private static readonly string[] RestartPolicies = ["Always", "Never", "OnFailure"];
    private static readonly string[] DnsPolicies = ["ClusterFirst", "ClusterFirstWithHostNet", "Default", "None"];

    public static void Validate(Pod pod, FieldErrors errors)
    {
        ValidateSpec(pod.Spec, FieldPath.Of("spec"), errors, pod.Metadata.Labels.OrEmpty());
        if (pod.Spec.EphemeralContainers.OrEmpty().Count > 0)
        {
            errors.Forbidden(FieldPath.Of("spec").Child("ephemeralContainers"), "cannot be set on create");
        }
    }

    /// <param name="labels">The labels of the pod; null for a template.</param>
    public static void ValidateSpec(PodSpec spec, FieldPath path, FieldErrors errors, IReadOnlyDictionary<string, string>? labels = null)
    {
        var volumes = VolumeValidation.Validate(spec.Volumes, path.Child("volumes"), errors);
        ContainerValidation.Validate(spec, volumes, path, errors);
        PodResourceValidation.Validate(spec, path, errors);
        ValidatePolicies(spec, path, errors);
        ValidateNames(spec, path, errors);
        PodSchedulingValidation.Validate(spec, labels, path, errors);
        PodSecurityValidation.Validate(spec, path, errors);
        ValidateHostSettings(spec, path, errors);
        ValidateClaims(spec.ResourceClaims, path.Child("resourceClaims"), errors);
        foreach (var (index, gate) in spec.ReadinessGates.OrEmpty().Index())
        {
            errors.Invalid(
                path.Child("readinessGates").Index(index).Child("conditionType"), gate.ConditionType, Names.IsQualifiedName(gate.ConditionType));
        }
        if (spec.Os is { } os)
        {
            PodOsValidation.Validate(spec, os, path, errors);
        }
        PodDnsValidation.Validate(spec, path, errors);
    }

    private static void ValidatePolicies(PodSpec spec, FieldPath path, FieldErrors errors)
    {
        if (string.IsNullOrEmpty(spec.RestartPolicy))
        {
            errors.Required(path.Child("restartPolicy"));
        }
        else if (!RestartPolicies.Contains(spec.RestartPolicy))
        {
            errors.NotSupported(path.Child("restartPolicy"), spec.RestartPolicy, RestartPolicies);
        }
        if (string.IsNullOrEmpty(spec.DnsPolicy))
        {
            errors.Required(path.Child("dnsPolicy"));
        }
        else if (!DnsPolicies.Contains(spec.DnsPolicy))
        {
            errors.NotSupported(path.Child("dnsPolicy"), spec.DnsPolicy, DnsPolicies);
        }
        if (spec.ActiveDeadlineSeconds is { } deadline and (< 1 or > int.MaxValue))
        {
            errors.Invalid(path.Child("activeDeadlineSeconds"), deadline, "must be between 1 and 2147483647, inclusive");
        }
        if (spec.TerminationGracePeriodSeconds is { } grace && grace < 0)
        {
            errors.Invalid(path.Child("terminationGracePeriodSeconds"), grace, "must be greater than or equal to 0");
        }
        if (spec.PreemptionPolicy is not (null or "PreemptLowerPriority" or "Never"))
        {
            errors.NotSupported(path.Child("preemptionPolicy"), spec.PreemptionPolicy, "Never", "PreemptLowerPriority");
        }
    }

    private static void ValidateNames(PodSpec spec, FieldPath path, FieldErrors errors)
    {
        Check(spec.ServiceAccountName, "serviceAccountName", Names.IsDns1123Subdomain);
        Check(spec.NodeName, "nodeName", Names.IsDns1123Subdomain);
        Check(spec.Hostname, "hostname", Names.IsDns1123Label);
        Check(spec.Subdomain, "subdomain", Names.IsDns1123Label);
        Check(spec.PriorityClassName, "priorityClassName", Names.IsDns1123Subdomain);
        Check(spec.RuntimeClassName, "runtimeClassName", Names.IsDns1123Subdomain);

        void Check(string? value, string field, Func<string, IReadOnlyList<string>> check)
        {
            if (!string.IsNullOrEmpty(value))
            {
                errors.Invalid(path.Child(field), value, check(value));
            }
        }
    }

    private static void ValidateHostSettings(PodSpec spec, FieldPath path, FieldErrors errors)
    {
        if (!spec.HostNetwork)
        {
            return;
        }
        foreach (var (i, container) in spec.Containers.Index())
        {
            foreach (var (j, port) in container.Ports.OrEmpty().Index())
            {
                if (port.HostPort != port.ContainerPortValue && port.HostPort != 0)
                {
                    errors.Invalid(
                        path.Child("containers").Index(i).Child("ports").Index(j).Child("hostPort"), port.HostPort,
                        "must match `containerPort` when `hostNetwork` is true");
                }
            }
        }
    }

    private static void ValidateClaims(List<PodResourceClaim>? claims, FieldPath path, FieldErrors errors)
    {
        var names = new HashSet<string>();
        foreach (var (index, claim) in claims.OrEmpty().Index())
        {
            var at = path.Index(index);
            if (claim.Name.Length == 0)
            {
                errors.Required(at.Child("name"));
            }
            else if (!names.Add(claim.Name))
            {
                errors.Duplicate(at.Child("name"), claim.Name);
            }
            else
            {
                errors.Invalid(at.Child("name"), claim.Name, Names.IsDns1123Label(claim.Name));
            }
            if (claim is { ResourceClaimName: not null, ResourceClaimTemplateName: not null })
            {
                errors.Invalid(at, claim, "at most one of `resourceClaimName` or `resourceClaimTemplateName` may be specified");
            }
            else if (claim is { ResourceClaimName: null, ResourceClaimTemplateName: null })
            {
                errors.Invalid(at, claim, "must specify one of: `resourceClaimName`, `resourceClaimTemplateName`");
            }
            ClaimName(claim.ResourceClaimName, at.Child("resourceClaimName"), errors);
            ClaimName(claim.ResourceClaimTemplateName, at.Child("resourceClaimTemplateName"), errors);
        }
    }

    private static void ClaimName(string? name, FieldPath path, FieldErrors errors)
    {
        if (name is not null)
        {
            errors.Invalid(path, name, Names.IsDns1123Subdomain(name));
        }
    }
}
