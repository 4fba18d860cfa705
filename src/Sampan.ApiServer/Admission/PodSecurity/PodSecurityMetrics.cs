using System.Globalization;
using Sampan.Client;
using Sampan.Client.Metrics;

namespace Sampan.ApiServer.Admission.PodSecurity;

/// <summary>Counts how pods compare with the levels, under upstream's names.</summary>
internal sealed class PodSecurityMetrics(MetricRegistry metrics)
{
    public const string Enforce = "enforce", Audit = "audit", Warn = "warn";

    private static readonly int OwnMinor = int.Parse(KubernetesVersion.Minor, CultureInfo.InvariantCulture);

    private readonly Counter _evaluations = metrics.Counter(
        "pod_security_evaluations_total", "Pods that were held against a level.",
        "decision", "policy_level", "policy_version", "mode", "request_operation", "resource", "subresource");

    private readonly Counter _errors = metrics.Counter(
        "pod_security_errors_total", "Levels that could not be read.", "fatal", "request_operation", "resource", "subresource");

    public void Evaluated(AdmissionRequest request, PodSecurityRule rule, string mode, bool allowed) => _evaluations.With(
        allowed ? "allow" : "deny", rule.LevelText, VersionOf(rule), mode, Operation(request), Resource(request), request.Subresource).Increment();

    public void Misread(AdmissionRequest request) =>
        _errors.With("false", Operation(request), Resource(request), request.Subresource).Increment();

    /// <summary>What is privileged is so in every version; versions to come are counted together.</summary>
    private static string VersionOf(PodSecurityRule rule) => rule switch
    {
        { Minor: PodSecurityRule.Latest } or { Level: PodSecurityLevel.Privileged } => "latest",
        _ => rule.Minor <= OwnMinor ? rule.VersionText : "future",
    };

    private static string Operation(AdmissionRequest request) => request.Operation == AdmissionOperation.Create ? "create" : "update";

    private static string Resource(AdmissionRequest request) => request.Resource.Kind.Plural is "pods" ? "pod" : "controller";
}
