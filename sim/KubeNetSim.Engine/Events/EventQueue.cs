using System.Runtime.CompilerServices;

namespace KubeNetSim.Engine.Events;

/// <summary>
/// Events in time order; those of the same time in the order they were scheduled. A heap with four children a node: keys lie together and
/// move, payloads stay in their slots and do not. Scheduling and running allocate nothing once the queue has grown to its size.
/// </summary>
/// <typeparam name="TPayload">What an event carries.</typeparam>
public sealed class EventQueue<TPayload>
    where TPayload : struct
{
    private const int Children = 4;
    private const int SlotBits = 24;
    private const ulong SlotMask = (1UL << SlotBits) - 1;

    private Key[] _heap = new Key[64];
    private Slot[] _slots = new Slot[64];
    private int _count;
    private int _cancelled;

    // Whether the top of the heap has been taken out and nothing put in its place: most events schedule another one, which can take it.
    private bool _isTopTaken;

    // Where the least of the keys under it is, once somebody has looked; 0 else. The first change of the heap forgets it.
    private int _second;

    private int _freeSlot = -1;
    private int _usedSlots;

    // The slot of the event that is being handled, which keeps its payload until it has been; -1 for none.
    private int _handled = -1;
    private readonly EventOrder _order;

    /// <summary>Makes an empty queue.</summary>
    public EventQueue()
        : this(new EventOrder())
    {
    }

    /// <summary>Makes an empty queue that shares its order of scheduling with others, so that ties between them are decided too.</summary>
    internal EventQueue(EventOrder order) => _order = order;

    /// <summary>Events that wait.</summary>
    public int Count => _count - _cancelled - (_isTopTaken ? 1 : 0);

    /// <summary>Adds an event.</summary>
    /// <param name="time">When it is due [ns].</param>
    /// <param name="payload">What it carries.</param>
    /// <exception cref="InvalidOperationException">More than 16 million events wait at once.</exception>
    public EventHandle Schedule(long time, in TPayload payload)
    {
        int slot = _handled;
        if (slot >= 0 && Unsafe.AreSame(in payload, in _slots[slot].Payload))
        {
            // It goes on as another event: what it carries stays where it is.
            _handled = -1;
        }
        else
        {
            slot = TakeSlot();
            _slots[slot].Payload = payload;
        }
        return Add(time, slot);
    }

    /// <summary>Adds an event whose payload, empty as yet, the caller writes where it is. The reference holds until the next event is added.</summary>
    /// <inheritdoc cref="Schedule(long, in TPayload)"/>
    public ref TPayload Schedule(long time)
    {
        int slot = TakeSlot();
        Add(time, slot);
        ref TPayload payload = ref _slots[slot].Payload;
        payload = default;
        return ref payload;
    }

    private EventHandle Add(long time, int slot)
    {
        ulong order = (_order.Next() << SlotBits) | (uint)slot;
        _slots[slot].Order = order;
        if (_isTopTaken)
        {
            _isTopTaken = false;
            SiftDownFromTop(new Key(time, order));
            return new EventHandle(slot, order);
        }
        if (_count == _heap.Length)
            Array.Resize(ref _heap, 2 * _count);
        SiftUp(_count++, new Key(time, order));
        return new EventHandle(slot, order);
    }

    /// <summary>Takes an event out before it runs; false where it has run or was cancelled.</summary>
    public bool Cancel(EventHandle handle)
    {
        if ((uint)handle.Slot >= (uint)_usedSlots || _slots[handle.Slot].Order != handle.Order)
            return false;
        CloseTop();
        // Its key stays in the heap and is thrown away when it comes up: the slot says that it is no longer meant.
        _slots[handle.Slot].Order = ulong.MaxValue;
        _slots[handle.Slot].Payload = default;
        _cancelled++;
        // Timeouts that are nearly always cancelled would otherwise fill the heap until they are due.
        if (_cancelled > 32 && _cancelled > _count / 2)
            DropAllCancelled();
        return true;
    }

    /// <summary>When the next event is due; false where none waits.</summary>
    public bool TryPeekTime(out long time) => TryPeek(out time, out _);

    /// <summary>The next event's place in time and, among events of the same time, in the order of scheduling.</summary>
    internal bool TryPeek(out long time, out ulong order)
    {
        DropCancelled();
        (time, order) = _count == 0 ? (0, 0) : (_heap[0].Time, _heap[0].Order);
        return _count > 0;
    }

    /// <summary>What will probably be next once the event just taken has run; false where few others wait, or nothing was taken.</summary>
    internal bool TryPredictNext(out int slot)
    {
        slot = 0;
        if (!_isTopTaken || _count <= Children)
            return false;
        _second = LeastOfFour(_heap, 1);
        slot = (int)(_heap[_second].Order & SlotMask);
        return true;
    }

    /// <summary>What a slot carries.</summary>
    internal ref readonly TPayload this[int slot] => ref _slots[slot].Payload;

    /// <summary>Takes the next event; false where none waits.</summary>
    public bool TryDequeue(out long time, out TPayload payload)
    {
        if (TryPeek(out time, out _))
        {
            payload = Begin();
            End();
            return true;
        }
        payload = default;
        return false;
    }

    /// <summary>
    /// Takes the event that <see cref="TryPeek"/> has just shown, to be handled where it is, until <see cref="End"/>. Scheduled again meanwhile, it
    /// is not moved.
    /// </summary>
    internal ref TPayload Begin()
    {
        int slot = _handled = (int)(_heap[0].Order & SlotMask);
        ref Slot taken = ref _slots[slot];
        taken.Order = ulong.MaxValue;
        _isTopTaken = true;
        return ref taken.Payload;
    }

    /// <summary>The event has been handled.</summary>
    internal void End()
    {
        if (_handled >= 0)
            FreeSlot(_handled);
        _handled = -1;
    }

    private void DropCancelled()
    {
        CloseTop();
        while (_cancelled > 0 && _count > 0)
        {
            int slot = (int)(_heap[0].Order & SlotMask);
            if (_slots[slot].Order == _heap[0].Order)
                return;
            _cancelled--;
            FreeSlot(slot);
            RemoveTop();
        }
    }

    private void CloseTop()
    {
        if (!_isTopTaken)
            return;
        _isTopTaken = false;
        RemoveTop();
    }

    // Keeps the keys that are still meant, and makes a heap of them again from the last parent up.
    private void DropAllCancelled()
    {
        int kept = 0;
        for (int place = 0; place < _count; place++)
        {
            Key key = _heap[place];
            int slot = (int)(key.Order & SlotMask);
            if (_slots[slot].Order == key.Order)
                _heap[kept++] = key;
            else
                FreeSlot(slot);
        }
        _count = kept;
        _cancelled = 0;
        for (int place = (kept - 2) / Children; place >= 0 && kept > 1; place--)
            SiftDown(place, _heap[place]);
    }

    private void FreeSlot(int slot)
    {
        _slots[slot].Order = ulong.MaxValue;
        _slots[slot].NextFree = _freeSlot;
        _freeSlot = slot;
    }

    private void RemoveTop()
    {
        Key last = _heap[--_count];
        if (_count > 0)
            SiftDownFromTop(last);
    }

    private int TakeSlot()
    {
        if (_freeSlot >= 0)
        {
            int slot = _freeSlot;
            _freeSlot = _slots[slot].NextFree;
            return slot;
        }
        if (_usedSlots > (int)SlotMask)
            throw new InvalidOperationException($"More than {SlotMask + 1} events wait at once; the model is unstable or too large.");
        if (_usedSlots == _slots.Length)
            Array.Resize(ref _slots, 2 * _usedSlots);
        return _usedSlots++;
    }

    private void SiftUp(int place, Key key)
    {
        Key[] heap = _heap;
        while (place > 0)
        {
            int parent = (place - 1) / Children;
            if (!key.IsBefore(heap[parent]))
                break;
            heap[place] = heap[parent];
            place = parent;
        }
        heap[place] = key;
    }

    private void SiftDownFromTop(Key key)
    {
        int second = _second;
        _second = 0;
        if (second > 0 && !_heap[second].IsBefore(key))
        {
            _heap[0] = key;
            return;
        }
        if (second == 0)
        {
            SiftDown(0, key);
            return;
        }
        _heap[0] = _heap[second];
        SiftDown(second, key);
        // Another one comes near the top, to be looked at soon. Each through the array: a field of a reference would be read to see that it is
        // there, which waits for what shall be fetched.
        int slot = (int)(_heap[second].Order & SlotMask);
        Cache.Fetch(in _slots[slot].Payload);
        Cache.Fetch(in _slots[slot].NextFree);
    }

    private void SiftDown(int place, Key key)
    {
        Key[] heap = _heap;
        int count = _count;
        while (true)
        {
            int first = (place * Children) + 1;
            int least = first;
            if (first + Children <= count)
                least = LeastOfFour(heap, first);
            else if (first < count)
                for (int child = first + 1; child < count; child++)
                    least = heap[child].IsBefore(heap[least]) ? child : least;
            else
                break;
            if (!heap[least].IsBefore(key))
                break;
            heap[place] = heap[least];
            place = least;
        }
        heap[place] = key;
    }

    // Two pairs, then their winners, without a branch: which of four comes first is anybody's guess, also the processor's.
    private static int LeastOfFour(Key[] heap, int first)
    {
        ReadOnlySpan<Key> four = heap.AsSpan(first, Children);
        int left = four[1].IsBefore(four[0]) ? 1 : 0;
        int right = 2 + (four[3].IsBefore(four[2]) ? 1 : 0);
        int isRight = four[right].IsBefore(four[left]) ? 1 : 0;
        return first + left + ((right - left) & -isRight);
    }

    // The sequence number is the upper part of the order, so the order decides ties.
    private readonly struct Key(long time, ulong order)
    {
        public readonly long Time = time;
        public readonly ulong Order = order;

        public bool IsBefore(in Key other) => Time < other.Time | (Time == other.Time & Order < other.Order);
    }

    private struct Slot
    {
        public ulong Order;
        public TPayload Payload;
        public int NextFree;
    }
}
