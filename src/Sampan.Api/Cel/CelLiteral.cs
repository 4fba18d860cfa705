namespace Sampan.Api.Cel;

internal sealed class CelLiteral(object? value) : CelNode
{
    protected override object? Run(CelScope scope) => value;
}
