using System.Text;

namespace Sampan.Kubelet.Pods;

/// <summary>
/// Replaces <c>$(NAME)</c> in commands, arguments and variables. An unknown name stays as written; <c>$$</c> is a dollar sign.
/// <code>"$(A) $(B) $$(A)" with A=1 → "1 $(B) $(A)"</code>
/// </summary>
internal static class Expansion
{
    public static string Expand(string input, Func<string, string?> value)
    {
        if (!input.Contains('$', StringComparison.Ordinal))
        {
            return input;
        }

        var result = new StringBuilder(input.Length);
        for (var i = 0; i < input.Length; i++)
        {
            if (input[i] != '$' || i + 1 == input.Length)
            {
                result.Append(input[i]);
            }
            else if (input[i + 1] == '$')
            {
                result.Append('$');
                i++;
            }
            else if (input[i + 1] == '(' && input.IndexOf(')', i) is var end and > 0)
            {
                var name = input[(i + 2)..end];
                result.Append(value(name) ?? $"$({name})");
                i = end;
            }
            else
            {
                result.Append('$');
            }
        }

        return result.ToString();
    }
}
