using System.Collections;
using System.Text.Json;
using Sampan.Api;
using Sampan.Api.Meta.V1;

namespace Sampan.ApiServer.Printing;

/// <inheritdoc/>
internal sealed class TableColumns<T> : TableColumns, IEnumerable<Column<T>>
    where T : IObject
{
    private readonly List<Column<T>> _columns = [];
    private readonly List<TableColumnDefinition> _definitions = [];
    private Func<T, IReadOnlyList<TableRowCondition>> _conditionsOf = static _ => [];

    private IComparer<IObject>? _order;

    public override IReadOnlyList<TableColumnDefinition> Definitions => _definitions;

    public override IComparer<IObject>? Order => _order;

    public void Add(Column<T> column)
    {
        _columns.Add(column);
        _definitions.Add(column.Definition);
    }

    public TableColumns<T> WithConditions(Func<T, IReadOnlyList<TableRowCondition>> conditionsOf)
    {
        _conditionsOf = conditionsOf;
        return this;
    }

    public TableColumns<T> InOrder(Comparison<T> comparison)
    {
        _order = Comparer<IObject>.Create((a, b) => comparison((T)a, (T)b));
        return this;
    }

    public override void WriteCells(Utf8JsonWriter writer, IObject value, DateTimeOffset now)
    {
        writer.WriteStartArray();
        foreach (Column<T> column in _columns)
        {
            column.CellOf((T)value, now).Write(writer);
        }

        writer.WriteEndArray();
    }

    public override IReadOnlyList<Cell> Cells(IObject value, DateTimeOffset now) => [.. _columns.Select(column => column.CellOf((T)value, now))];

    public override IReadOnlyList<TableRowCondition> Conditions(IObject value) => _conditionsOf((T)value);

    public IEnumerator<Column<T>> GetEnumerator() => _columns.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
