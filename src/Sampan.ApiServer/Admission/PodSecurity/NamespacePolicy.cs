using System.Globalization;
using Sampan.Api;

namespace Sampan.ApiServer.Admission.PodSecurity;

/// <summary>What a namespace's labels ask for: what is refused, what is audited, what the client is warned of.</summary>
internal readonly record struct NamespacePolicy(PodSecurityRule Enforce, PodSecurityRule Audit, PodSecurityRule Warn)
{
    private const string Prefix = "pod-security.kubernetes.io/";

    /// <summary>Any pod will do.</summary>
    public bool IsPrivileged =>
        (Enforce.Level, Audit.Level, Warn.Level) == (PodSecurityLevel.Privileged, PodSecurityLevel.Privileged, PodSecurityLevel.Privileged);

    /// <summary>A rule that can't be read refuses what the strictest level refuses, and warns of nothing.</summary>
    public static NamespacePolicy Of(IReadOnlyDictionary<string, string> labels, FieldErrors errors)
    {
        var broken = new PodSecurityRule(PodSecurityLevel.Restricted, PodSecurityRule.Latest);
        return new(
            RuleOf(labels, "enforce", broken, errors), RuleOf(labels, "audit", default, errors), RuleOf(labels, "warn", default, errors));
    }

    private static PodSecurityRule RuleOf(IReadOnlyDictionary<string, string> labels, string mode, PodSecurityRule broken, FieldErrors errors)
    {
        var before = errors.Count;
        var level = LevelOf(labels, Prefix + mode, errors);
        var minor = MinorOf(labels, $"{Prefix}{mode}-version", errors);
        return errors.Count > before ? broken : new PodSecurityRule(level, minor);
    }

    private static PodSecurityLevel LevelOf(IReadOnlyDictionary<string, string> labels, string label, FieldErrors errors)
    {
        switch (labels.GetValueOrDefault(label))
        {
            case null or "privileged":
                return PodSecurityLevel.Privileged;
            case "baseline":
                return PodSecurityLevel.Baseline;
            case "restricted":
                return PodSecurityLevel.Restricted;
            case var other:
                errors.Invalid(PathOf(label), other, "must be one of privileged, baseline, restricted");
                return PodSecurityLevel.Restricted;
        }
    }

    private static int MinorOf(IReadOnlyDictionary<string, string> labels, string label, FieldErrors errors)
    {
        var text = labels.GetValueOrDefault(label);
        if (text is null or "latest")
        {
            return PodSecurityRule.Latest;
        }
        if (text.StartsWith("v1.", StringComparison.Ordinal) && int.TryParse(text[3..], NumberStyles.None, CultureInfo.InvariantCulture, out var minor))
        {
            return minor;
        }
        errors.Invalid(PathOf(label), text, "must be \"latest\" or \"v1.x\"");
        return PodSecurityRule.Latest;
    }

    private static FieldPath PathOf(string label) => FieldPath.Of("metadata").Child("labels").Key(label);
}
