using Sampan.Api;
using Sampan.Api.Core.V1;

namespace Sampan.ApiServer.Admission.PodSecurity;

/// <summary>
/// Holds pods against the levels that their namespace's labels name: refuses them, notes them for the audit, warns of them. Objects
/// that make pods are only noted and warned of. Upstream: staging/src/k8s.io/pod-security-admission/admission.
/// </summary>
internal sealed class PodSecurityAdmission(IObjectSource objects, PodSecurityMetrics metrics) : AdmissionPlugin
{
    private const string Prefix = "pod-security.kubernetes.io/";

    /// <summary>The most pods of a namespace that are looked at when its level is raised.</summary>
    private const int MaxPods = 3000;

    public override string Name => "PodSecurity";

    public override ValueTask ValidateAsync(AdmissionRequest request)
    {
        if (request.Operation is AdmissionOperation.Create or AdmissionOperation.Update)
        {
            switch (request.Object)
            {
                case Namespace ns when request.Subresource.Length == 0:
                    CheckNamespace(request, ns, request.OldObject as Namespace);
                    break;
                case Pod pod when request.Subresource is "" or "ephemeralcontainers" or "resize":
                    CheckPod(request, pod);
                    break;
                case { } other when request.Subresource.Length == 0 && PodTemplates.Of(other) is { } template:
                    Tell(request, PolicyOf(request), template, isRefused: false);
                    break;
            }
        }
        return ValueTask.CompletedTask;
    }

    private void CheckPod(AdmissionRequest request, Pod pod)
    {
        var policy = PolicyOf(request);
        if (!policy.IsPrivileged && request.OldObject is Pod old && !PodSecurityUpdates.AreSignificant(pod, old))
        {
            return;
        }
        var template = PodTemplates.Of(pod);
        request.Context.Annotate(Prefix + "enforce-policy", policy.Enforce.ToString());
        var violations = PodSecurityCheck.Run(policy.Enforce, template);
        metrics.Evaluated(request, policy.Enforce, PodSecurityMetrics.Enforce, violations.Count == 0);
        Tell(request, policy, template, violations.Count > 0);
        if (violations.Count > 0)
        {
            throw request.Forbidden($"violates PodSecurity \"{policy.Enforce}\": {string.Join(", ", violations)}");
        }
    }

    /// <summary>Notes for the audit what the pods violate, and warns of it; who is refused needs no warning.</summary>
    private void Tell(AdmissionRequest request, NamespacePolicy policy, PodTemplateSpec template, bool isRefused)
    {
        if (PodSecurityCheck.Run(policy.Audit, template) is { Count: > 0 } noted)
        {
            request.Context.Annotate(Prefix + "audit-violations", $"would violate PodSecurity \"{policy.Audit}\": {string.Join(", ", noted)}");
            metrics.Evaluated(request, policy.Audit, PodSecurityMetrics.Audit, allowed: false);
        }
        if (!isRefused && PodSecurityCheck.Run(policy.Warn, template) is { Count: > 0 } warned)
        {
            request.Context.Warn($"would violate PodSecurity \"{policy.Warn}\": {string.Join(", ", warned)}");
            metrics.Evaluated(request, policy.Warn, PodSecurityMetrics.Warn, allowed: false);
        }
    }

    private NamespacePolicy PolicyOf(AdmissionRequest request)
    {
        var errors = new FieldErrors();
        var policy = NamespacePolicy.Of((objects.Get<Namespace>(null, request.Namespace)?.Metadata.Labels).OrEmpty(), errors);
        if (errors.Any)
        {
            request.Context.Annotate(Prefix + "error", $"Failed to parse policy: {errors}");
            metrics.Misread(request);
        }
        return policy;
    }

    private void CheckNamespace(AdmissionRequest request, Namespace ns, Namespace? old)
    {
        var (errors, before) = (new FieldErrors(), new FieldErrors());
        var policy = NamespacePolicy.Of(ns.Metadata.Labels.OrEmpty(), errors);
        var was = NamespacePolicy.Of((old?.Metadata.Labels).OrEmpty(), before);
        if (errors.Any && errors.ToString() != before.ToString())
        {
            throw StatusException.Invalid(Namespace.Info.GroupKind, ns.Metadata.Name, errors);
        }
        var isStricter = policy.Enforce != was.Enforce && policy.Enforce.Level > PodSecurityLevel.Privileged
            && !(policy.Enforce.Minor == was.Enforce.Minor && policy.Enforce.Level < was.Enforce.Level);
        if (old is not null && isStricter && !errors.Any)
        {
            WarnOfPresentPods(request, ns.Metadata.Name, policy.Enforce);
        }
    }

    /// <summary>What runs stays, but the client should know what would no longer be let in.</summary>
    private void WarnOfPresentPods(AdmissionRequest request, string ns, PodSecurityRule rule)
    {
        var pods = Distinct(objects.List<Pod>(ns));
        if (pods.Count > MaxPods)
        {
            request.Context.Warn($"new PodSecurity enforce level only checked against the first {MaxPods} of {pods.Count} existing pods");
        }
        var groups = pods.Take(MaxPods)
            .Select(pod => (pod.Metadata.Name, Reasons: string.Join(", ", PodSecurityCheck.Run(rule, PodTemplates.Of(pod)).Select(one => one.Reason))))
            .Where(one => one.Reasons.Length > 0)
            .GroupBy(one => one.Reasons, one => one.Name)
            .Select(group => (Names: group.Order(StringComparer.Ordinal).ToList(), Reasons: group.Key))
            .OrderBy(group => group.Names[0], StringComparer.Ordinal).ToList();
        if (groups.Count == 0)
        {
            return;
        }
        request.Context.Warn($"existing pods in namespace \"{ns}\" violate the new PodSecurity enforce level \"{rule}\"");
        foreach (var (names, reasons) in groups)
        {
            request.Context.Warn($"{names[0]}{Others(names.Count - 1)}: {reasons}");
        }
    }

    /// <summary>Pods of one owner are alike: the first of each comes before all others.</summary>
    private static List<Pod> Distinct(IEnumerable<Pod> pods)
    {
        var owners = new HashSet<string>();
        var byTurn = pods.ToLookup(pod => pod.Metadata.OwnerReferences?.Find(owner => owner.Controller == true) is not { } owner || owners.Add(owner.Uid));
        return [.. byTurn[true], .. byTurn[false]];
    }

    private static string Others(int count) => count switch
    {
        0 => "",
        1 => " (and 1 other pod)",
        _ => $" (and {count} other pods)",
    };
}
