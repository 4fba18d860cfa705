using Sampan.Api.AdmissionRegistration.V1;
using Sampan.Api.Cel;

namespace Sampan.ControllerManager.AdmissionPolicies;

/// <summary>
/// Looks at a policy's expressions once for each kind that it matches.
/// <code>
/// object.spec.replica > 1   ─►  apps/v1, Kind=Deployment: ERROR: &lt;input>:1:12: undefined field 'replica' …
/// </code>
/// </summary>
internal sealed class PolicyTypeChecker
{
    private readonly ValidatingAdmissionPolicy _policy;
    private readonly List<(GroupVersionKind Kind, Dictionary<string, CelStaticType> Variables)> _kinds = [];

    private PolicyTypeChecker(ValidatingAdmissionPolicy policy) => _policy = policy;

    public static async Task<PolicyTypeChecker> CreateAsync(ValidatingAdmissionPolicy policy, ServedSchemas served, CancellationToken cancellationToken)
    {
        var checker = new PolicyTypeChecker(policy);
        var parameters = KindOf(policy.Spec.ParamKind) is { } kind ? await served.FindAsync(kind, cancellationToken) : null;
        foreach (var matched in MatchedKinds.Of(policy, served))
        {
            if (await served.FindAsync(matched, cancellationToken) is { } type)
                checker._kinds.Add((matched, PolicyVariables.Of(type, parameters, policy.Spec.Variables.OrEmpty())));
        }

        return checker;
    }

    public List<ExpressionWarning> Warnings()
    {
        var warnings = new List<ExpressionWarning>();
        var validations = _policy.Spec.Validations ?? [];
        for (var i = 0; i < validations.Count; i++)
        {
            Add(warnings, $"spec.validations[{i}].expression", validations[i].Expression);
            if (!string.IsNullOrEmpty(validations[i].MessageExpression)) Add(warnings, $"spec.validations[{i}].messageExpression", validations[i].MessageExpression!);
        }

        return warnings;
    }

    private void Add(List<ExpressionWarning> warnings, string field, string expression)
    {
        var found = _kinds.Select(k => Problem(k.Kind, k.Variables, expression)).OfType<string>().ToList();
        if (found.Count > 0) warnings.Add(new() { FieldRef = field, Warning = string.Join('\n', found) });
    }

    private static string? Problem(GroupVersionKind kind, Dictionary<string, CelStaticType> variables, string expression)
    {
        try
        {
            CelProgram.TypeOf(expression, variables);
            return null;
        }
        catch (CelException e)
        {
            return $"{kind.Group}/{kind.Version}, Kind={kind.Kind}: {e.Message}\n";
        }
    }

    private static GroupVersionKind? KindOf(ParamKind? kind)
    {
        if (kind is not { ApiVersion: { Length: > 0 } version, Kind: { Length: > 0 } name }) return null;
        var slash = version.IndexOf('/', StringComparison.Ordinal);
        return slash < 0 ? new("", version, name) : new(version[..slash], version[(slash + 1)..], name);
    }
}
