using Sampan.Api.AdmissionRegistration.V1;
using Sampan.Api.Cel;
using Type = Sampan.Api.Cel.CelStaticType;

namespace Sampan.ControllerManager.AdmissionPolicies;

/// <summary>What a policy's expressions may look at.</summary>
internal static class PolicyVariables
{
    private static readonly Type Kind = Fields("kubernetes.GroupVersionKind", ("group", Type.String), ("version", Type.String), ("kind", Type.String));
    private static readonly Type Resource = Fields("kubernetes.GroupVersionResource", ("group", Type.String), ("version", Type.String), ("resource", Type.String));

    private static readonly Type User = Fields(
        "kubernetes.UserInfo", ("username", Type.String), ("uid", Type.String), ("groups", Type.List(Type.String)), ("extra", Type.Map(Type.String, Type.List(Type.String))));

    private static readonly Type Request = Fields(
        "kubernetes.AdmissionRequest",
        ("kind", Kind), ("resource", Resource), ("subResource", Type.String), ("requestKind", Kind), ("requestResource", Resource), ("requestSubResource", Type.String),
        ("name", Type.String), ("namespace", Type.String), ("operation", Type.String), ("userInfo", User), ("dryRun", Type.Bool), ("options", Type.Dyn));

    private static readonly Type Namespace = Fields(
        "kubernetes.Namespace",
        ("metadata", Fields(
            "kubernetes.NamespaceMetadata",
            ("name", Type.String), ("generateName", Type.String), ("namespace", Type.String), ("labels", Type.Map(Type.String, Type.String)), ("annotations", Type.Map(Type.String, Type.String)), ("UID", Type.String),
            ("creationTimestamp", Type.Timestamp), ("deletionGracePeriodSeconds", Type.Int), ("deletionTimestamp", Type.Timestamp), ("generation", Type.Int),
            ("resourceVersion", Type.String), ("finalizers", Type.List(Type.String)))),
        ("spec", Fields("kubernetes.NamespaceSpec", ("finalizers", Type.List(Type.String)))),
        ("status", Fields(
            "kubernetes.NamespaceStatus",
            ("conditions", Type.List(Fields(
                "kubernetes.NamespaceCondition", ("status", Type.String), ("type", Type.String), ("lastTransitionTime", Type.Timestamp), ("message", Type.String), ("reason", Type.String)))),
            ("phase", Type.String))));

    /// <summary>A variable of the policy is seen by those after it; one that can't be right is of any type.</summary>
    public static Dictionary<string, Type> Of(Type obj, Type? parameters, IEnumerable<Variable> own)
    {
        var variables = new Dictionary<string, Type>
        {
            ["object"] = obj, ["oldObject"] = obj, ["request"] = Request, ["namespaceObject"] = Namespace, ["authorizer"] = Type.Dyn,
        };
        if (parameters is not null) variables["params"] = parameters;
        var known = new Dictionary<string, Type>();
        variables["variables"] = Type.Object("kubernetes.variables", known);
        foreach (var variable in own) known[variable.Name] = TypeOf(variable.Expression, variables);
        return variables;
    }

    private static Type TypeOf(string expression, Dictionary<string, Type> variables)
    {
        try
        {
            return CelProgram.TypeOf(expression, variables);
        }
        catch (CelException)
        {
            return Type.Dyn;
        }
    }

    private static Type Fields(string name, params (string Name, Type Type)[] fields) => Type.Object(name, fields.ToDictionary(f => f.Name, f => f.Type));
}
