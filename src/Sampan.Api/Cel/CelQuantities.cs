namespace Sampan.Api.Cel;

/// <summary>Kubernetes' quantities, quantity("1Gi"), and versions, semver("1.2.3").</summary>
internal static class CelQuantities
{
    public static void AddTo(Dictionary<string, CelFunction> globals, Dictionary<string, CelFunction> members)
    {
        globals["quantity"] = static args => Quantity.TryParse((string)args[0]!, out var quantity) ? quantity
            : throw new CelException("quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'");
        globals["isQuantity"] = static args => Quantity.TryParse((string)args[0]!, out _);
        globals["semver"] = static args => SemanticVersion.TryParse((string)args[0]!, IsLoose(args), out var version) ? version
            : throw new CelException($"invalid semantic version: {args[0]}");
        globals["isSemver"] = static args => SemanticVersion.TryParse((string)args[0]!, IsLoose(args), out _);
        members["compareTo"] = static args => (long)Math.Sign(Compare(args[0], args[1]));
        members["isGreaterThan"] = static args => Compare(args[0], args[1]) > 0;
        members["isLessThan"] = static args => Compare(args[0], args[1]) < 0;
        members["add"] = static args => (Quantity)args[0]! + Amount(args[1]);
        members["sub"] = static args => (Quantity)args[0]! - Amount(args[1]);
        members["sign"] = static args => (long)((Quantity)args[0]!).Sign;
        members["isInteger"] = static args => ((Quantity)args[0]!).AsExactLong() is not null;
        members["asInteger"] = static args => ((Quantity)args[0]!).AsExactLong() ?? throw new CelException("cannot convert value to integer");
        members["asApproximateFloat"] = static args => ((Quantity)args[0]!).AsDouble();
        members["major"] = static args => ((SemanticVersion)args[0]!).Major;
        members["minor"] = static args => ((SemanticVersion)args[0]!).Minor;
        members["patch"] = static args => ((SemanticVersion)args[0]!).Patch;
    }

    private static bool IsLoose(object?[] args) => args.Length > 1 && (bool)args[1]!;

    private static Quantity Amount(object? value) => value is long number ? new Quantity(number) : (Quantity)value!;

    private static int Compare(object? left, object? right) => (left, right) switch
    {
        (Quantity one, Quantity other) => one.CompareTo(other),
        (SemanticVersion one, SemanticVersion other) => one.CompareTo(other),
        _ => throw new InvalidCastException(),
    };
}
