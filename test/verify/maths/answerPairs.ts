/** Pairs of answers, "candidate ≡ reference" or "candidate ≢ reference", one a line, by genre. */
export const answerPairs = String.raw`
# numbers
18 ≡ 18
18.0 ≡ 18
1,234 ≡ 1234
1,234.50 ≡ 1234.5
10{,}000 ≡ 10000
10,\!000 ≡ 10000
11,\! 111,\! 100 ≡ 11111100
(1,\! 2) ≡ (1,2)
12\,345 ≡ 12345
1 234 567 ≡ 1234567
-7 ≡ −7
- 7 ≡ -7
+5 ≡ 5
007 ≡ 7
.5 ≡ 0.5
5. ≡ 5
1e-5 ≡ 0.00001
2.5e3 ≡ 2500
3 \times 10^{8} ≡ 300000000
3 × 10⁸ ≡ 300000000
1.5 \cdot 10^{-3} ≡ 0.0015
$\text{seven}$ ≡ 7
seven ≡ 7
twenty-one ≡ 21
one hundred and five ≡ 105
three quarters ≡ \frac{3}{4}
two and a half ≡ 2.5
**42** ≡ 42
\boxed{42} ≡ 42
$42$ ≡ 42
\(42\) ≡ 42
\[42\] ≡ 42
42. ≡ 42
18 ≢ 19
18 ≢ -18
1,234 ≢ 1.234
0.5 ≢ 0.05
100 ≢ 1000
3 \times 10^{8} ≢ 3 \times 10^{7}
seven ≢ 8
12345678901234567890 ≢ 12345678901234567891
2^{64} ≡ 18446744073709551616
2^{64} ≢ 18446744073709551615
# fractions
3/4 ≡ \frac{3}{4}
\dfrac{3}{4} ≡ \frac34
\tfrac34 ≡ 0.75
\frac{6}{8} ≡ \frac{3}{4}
-\frac{1}{2} ≡ \frac{-1}{2}
\frac{1}{-2} ≡ -\frac12
\frac 3 4 ≡ 3/4
1 1/2 ≡ 3/2
1\frac{1}{2} ≡ 1.5
1 \frac12 ≡ \frac32
½ ≡ 1/2
-2\frac{1}{3} ≡ -\frac{7}{3}
0.\overline{3} ≡ \frac{1}{3}
0.1\overline{6} ≡ \frac16
0.\bar{6} ≡ 2/3
0.333... ≡ \frac13
0.142857142857\ldots ≡ \frac{1}{7}
0.(3) ≡ 1/3
\frac{22}{7} ≡ 3\frac{1}{7}
\left(\frac{2}{3}\right)^2 ≡ \frac49
3/4 ≢ 4/3
\frac{3}{4} ≢ \frac{3}{5}
1\frac{1}{2} ≢ \frac12
-\frac12 ≢ \frac12
0.33 ≢ \frac{1}{3}
0.3333 ≢ \frac13
0.\overline{3} ≢ 0.3
0.\overline{9} ≡ 1
0.66 ≢ 2/3
# rounding to a decimal reference
\frac13 ≡ 0.333
\pi ≡ 3.14
\sqrt{2} ≡ 1.414
3.14159 ≡ 3.14
22/7 ≡ 3.14
1/3 ≢ 0.334
3.1 ≢ 3.14
12.54 ≢ 12.6
2.45 ≢ 2.5
3.14 ≢ \pi
3.14159265358979 ≢ \pi
1.41421356 ≢ \sqrt2
0.5 ≢ 0.52
2.70 ≢ e
# radicals, powers, constants
\sqrt{8} ≡ 2\sqrt{2}
\sqrt8 ≡ 2\sqrt2
2√2 ≡ \sqrt{8}
sqrt(8) ≡ 2*sqrt(2)
\frac{1}{\sqrt{2}} ≡ \frac{\sqrt{2}}{2}
\frac{1}{\sqrt3-1} ≡ \frac{\sqrt3+1}{2}
\sqrt{3+2\sqrt{2}} ≡ 1+\sqrt{2}
\sqrt[3]{27} ≡ 3
\sqrt[3]{-8} ≡ -2
\sqrt[4]{16} ≡ 2
\sqrt[3]{54} ≡ 3\sqrt[3]{2}
8^{2/3} ≡ 4
(-8)^{1/3} ≡ -2
27^{-\frac13} ≡ 1/3
2^{10} ≡ 1024
2^10 ≡ 1024
2**10 ≡ 1024
x^{1/2} ≡ \sqrt{x}
\sqrt{50}+\sqrt{18} ≡ 8\sqrt2
\frac{1+\sqrt{5}}{2} ≡ \frac{2}{\sqrt5-1}
\sqrt{\frac{3}{4}} ≡ \frac{\sqrt3}{2}
2\pi ≡ \pi\cdot 2
\frac{\pi}{2} ≡ \frac12\pi
\frac\pi3 ≡ \pi/3
e^{2} ≡ e\cdot e
e^{i\pi} ≡ -1
\ln(e^3) ≡ 3
\log_2 8 ≡ 3
\log_{10} 1000 ≡ 3
\log_{9}{27} ≡ \frac{3}{2}
\log 100 ≡ 2
\ln 8 ≡ 3\ln 2
5! ≡ 120
\binom{5}{2} ≡ 10
\binom{10}{3} ≡ \frac{10!}{3!7!}
\lfloor 3.7 \rfloor ≡ 3
\lceil 3.2 \rceil ≡ 4
|-5| ≡ 5
\left|-\frac12\right| ≡ \frac12
4\pi r^2 ≡ 4r^2\pi
\sqrt{8} ≢ 2\sqrt{3}
\sqrt{2}+\sqrt{3} ≢ \sqrt{5}
\sqrt{2}+\sqrt3 ≢ \sqrt{10}
\sqrt[3]{9} ≢ 3
2\pi ≢ \pi
\pi^2 ≢ 2\pi
e^2 ≢ 2e
5! ≢ 60
\binom{5}{2} ≢ 20
\log_2 8 ≢ \log_8 2
-\sqrt2 ≢ \sqrt2
1-\sqrt{2} ≢ \sqrt2-1
2^{11} ≢ 1024
# formulas with variables
2x+1 ≡ 1+2x
(x+1)^2 ≡ x^2+2x+1
(x-1)(x+1) ≡ x^2-1
\frac{x^2-1}{x-1} ≡ x+1
\frac{1}{x}+\frac1y ≡ \frac{x+y}{xy}
x^2y ≡ yx^2
2(x+3) ≡ 2x+6
\frac{x}{2} ≡ 0.5x
\frac{1}{2}x ≡ x/2
(a+b)^3 ≡ a^3+3a^2b+3ab^2+b^3
x(x+1)(x+2) ≡ x^3+3x^2+2x
\sin^2 x+\cos^2 x ≡ 1
\sin 2x ≡ 2\sin x\cos x
\cos 2\theta ≡ 1-2\sin^2\theta
\tan x ≡ \frac{\sin x}{\cos x}
\sec^2 x ≡ 1+\tan^2 x
e^{x+y} ≡ e^xe^y
\ln(xy) ≢ \ln x
2^{n+1} ≡ 2\cdot 2^n
4^n ≡ 2^{2n}
\frac{n(n+1)}{2} ≡ \frac{n^2+n}{2}
n! ≡ n(n-1)!
\sqrt{x^2} ≡ |x|
x\sqrt{x} ≡ x^{3/2}
-x+3 ≡ 3-x
x_1+x_2 ≡ x_{2}+x_1
\alpha\beta ≡ \beta\alpha
3x^2 - 2x ≡ x(3x-2)
\frac{2x}{4} ≡ \frac{x}{2}
(2x)^3 ≡ 8x^3
\sinh x ≡ \frac{e^x-e^{-x}}{2}
\arctan 1 ≡ \frac{\pi}{4}
\sin^{-1}(1) ≡ \frac{\pi}{2}
\frac{1}{1+\frac1x} ≡ \frac{x}{x+1}
x^{100}+1 ≢ x^{100}
2x+1 ≢ 2x-1
(x+1)^2 ≢ x^2+1
x^2y ≢ xy^2
\frac{x+y}{2} ≢ x+\frac y2
\sin 2x ≢ 2\sin x
\cos^2 x ≢ \cos 2x
\ln x^2 ≢ 2\ln 2x
e^{2x} ≢ 2e^x
2^{n+1} ≢ 2^n+1
a-b ≢ b-a
x ≢ y
\sqrt{x^2} ≢ x
\frac{n(n+1)}{2} ≢ \frac{n(n-1)}{2}
x^3 ≢ 3x
3x ≢ 3
x+305175781250000000001 ≢ x+305175781250000000000
1/2x ≢ 2x
# complex numbers
3+4i ≡ 4i+3
(1+i)^2 ≡ 2i
\frac{1}{i} ≡ -i
i^2 ≡ -1
\sqrt{-4} ≡ 2i
|3+4i| ≡ 5
3+4i ≢ 3-4i
3+4i ≢ 4+3i
2i ≢ 2
# several answers
2, -3 ≡ -3, 2
x = 2 \text{ or } x = -3 ≡ -3, 2
x=2, x=-3 ≡ \{2,-3\}
2 and 3 ≡ 3 and 2
$2$ and $3$ ≡ 3, 2
\{1,2,3\} ≡ \{3,2,1\}
\{1, 1, 2\} ≡ \{1,2\}
\left\{ \frac12, 2 \right\} ≡ \{2, 0.5\}
1 \pm \sqrt{2} ≡ 1+\sqrt2, 1-\sqrt2
x = \pm 3 ≡ x = 3 \text{ or } x = -3
\pm 2 ≡ -2, 2
\frac{1\pm\sqrt5}{2} ≡ \frac{1-\sqrt5}{2}, \frac{1+\sqrt5}{2}
1, 2, 3, 4 ≡ 1,2,3,4
\emptyset ≡ \{\}
∅ ≡ \emptyset
no solution ≡ \emptyset
x = 1, y = 2 ≡ (1, 2)
y = 2, x = 1 ≡ x = 1, y = 2
\{5\} ≡ 5
2 ≢ 2, -3
2, -3 ≢ 2, 3
\{1,2\} ≢ \{1,2,3\}
\{1,2\} ≢ \{1,3\}
x = 2 ≢ x = 2 \text{ or } x = -3
\pm 3 ≢ 3
1 \pm \sqrt2 ≢ 1 \pm \sqrt3
1, 2 ≢ 1, 2, 2
x = 2, y = 1 ≢ x = 1, y = 2
\emptyset ≢ 0
# tuples and vectors
(1, 2) ≡ (1,2)
\left(\frac{1}{2}, 3\right) ≡ (0.5, 3)
(1,2,3) ≡ \left( 1, 2, 3 \right)
\langle 1, 2 \rangle ≡ (1,2)
\begin{pmatrix} 1 \\ 2 \end{pmatrix} ≡ (1,2)
\begin{pmatrix} 1 & 2 \end{pmatrix} ≡ (1, 2)
(3, \frac{\pi}{2}) ≡ \left(3, \frac{\pi}{2} \right)
(1,2), (3,4) ≡ (3,4), (1,2)
(2\sqrt{2}, -1) ≡ (\sqrt 8, -1)
\begin{pmatrix} 1/2 \\ -1 \end{pmatrix} ≡ \begin{bmatrix} 0.5 \\ -1 \end{bmatrix}
(1, 2) ≢ (2, 1)
(1, 2) ≢ (1, 3)
(1, 2) ≢ (1, 2, 3)
(1, 2) ≢ \{1, 2\}
(1,2), (3,4) ≢ (1,2), (4,3)
(1, -2) ≢ (1, 2)
\begin{pmatrix} 1 \\ 2 \end{pmatrix} ≢ \begin{pmatrix} 2 \\ 1 \end{pmatrix}
# matrices
\begin{pmatrix} 1 & 2 \\ 3 & 4 \end{pmatrix} ≡ \begin{bmatrix} 1 & 2 \\ 3 & 4 \end{bmatrix}
\begin{pmatrix} \frac{1}{2} & 0 \\ 0 & 1 \end{pmatrix} ≡ \begin{pmatrix} 0.5 & 0 \\ 0 & 1 \end{pmatrix}
\begin{array}{cc} 1 & 2 \\ 3 & 4 \end{array} ≡ \begin{pmatrix} 1 & 2 \\ 3 & 4 \\ \end{pmatrix}
\begin{pmatrix} 1 & 2 \\ 3 & 4 \end{pmatrix} ≢ \begin{pmatrix} 1 & 3 \\ 2 & 4 \end{pmatrix}
\begin{pmatrix} 1 & 2 \\ 3 & 4 \end{pmatrix} ≢ \begin{pmatrix} 1 & 2 \\ 3 & 5 \end{pmatrix}
\begin{pmatrix} 1 & 2 \end{pmatrix} ≢ \begin{pmatrix} 1 \\ 2 \end{pmatrix}
\begin{pmatrix} 1 & 2 & 3 & 4 \end{pmatrix} ≢ \begin{pmatrix} 1 & 2 \\ 3 & 4 \end{pmatrix}
# intervals and inequalities
(1, 2] ≡ 1 < x \le 2
[1,2) ≡ \left[1, 2\right)
[0, \infty) ≡ x \ge 0
(-\infty, 3) ≡ x < 3
3 > x ≡ x < 3
(-\infty, -1) \cup (1, \infty) ≡ x < -1 \text{ or } x > 1
(1,3) ∪ (5,7) ≡ (5,7) \cup (1,3)
(1,3)U(5,7) ≡ (1,3) \cup (5,7)
[1,2] \cup [2,3] ≡ [1,3]
x \in [2, 5] ≡ [2,5]
2 \leq x \leq 5 ≡ [2,5]
2 <= x <= 5 ≡ [2,5]
\mathbb{R} ≡ (-\infty, \infty)
all real numbers ≡ \mathbb{R}
\mathbb{R} \setminus \{1\} ≡ (-\infty,1)\cup(1,\infty)
x \ne 1 ≡ (-\infty,1)\cup(1,\infty)
\{x \mid x > 3\} ≡ (3,\infty)
x > 1 \text{ and } x < 2 ≡ (1,2)
[\frac12, \sqrt{2}] ≡ [0.5, \sqrt{2}]
(0, \infty) ≡ (0, +\infty)
[1, 2] ≢ (1, 2)
(1, 2] ≢ [1, 2)
[1,2) ≢ [1,3)
x > 3 ≢ x \ge 3
x < 3 ≢ x > 3
(-\infty,3) ≢ (-\infty,3]
(1,3) \cup (5,7) ≢ (1,3) \cup (5,8)
(1,3) \cup (5,7) ≢ (1,7)
x > 3 ≢ y > 3
\mathbb{R} ≢ [0,\infty)
x \ne 1 ≢ x \ne 2
[0,1] ≢ [0,1] \cup \{2\}
# equations
y = 2x+1 ≡ 2x+1
y = 2x + 1 ≡ y = 1 + 2x
x = 5 ≡ 5
5 = x ≡ x = 5
f(x) = x^2 ≡ x^2
2x - y + 1 = 0 ≡ y = 2x+1
x^2+y^2 = 25 ≡ 25 = y^2 + x^2
2x+4y = 6 ≡ x + 2y = 3
y > 2x+1 ≡ 2x + 1 < y
x = \frac{1}{2} = 0.5 ≡ 0.5
\frac{22}{7} \approx 3.14 ≡ \frac{22}{7}
x \approx 3.14 ≡ 3.14
A = \pi r^2 ≡ \pi r^2
y = 2x+1 ≢ y = 2x-1
y = 2x+1 ≢ x = 2y+1
x = 5 ≢ y = 5
x = 5 ≢ 6
x^2+y^2=25 ≢ x^2+y^2=5
x^2+y^2=25 ≢ x^2-y^2=25
y > 2x+1 ≢ y < 2x+1
y > 2x+1 ≢ y \ge 2x+1
y = 2x+1 ≢ 2x
# units
5 cm ≡ 5
5 \text{ cm} ≡ 5\text{cm}
5 cm ≡ 50 mm
5\,\mathrm{m} ≡ 500 \text{ cm}
5m ≡ 5 \text{ m}
2 hours ≡ 120 minutes
1.5 \text{ kg} ≡ 1500 \text{ g}
3 \text{ m/s} ≡ 10.8 \text{ km/h}
12 \text{ square inches} ≡ 12 \text{ in}^2
12\ \text{cm}^2 ≡ 12
60 miles per hour ≡ 60 mph
9.8 \text{ m/s}^2 ≡ 9.8
18 dollars ≡ $18
$18 ≡ 18
\$18.50 ≡ 18.5
$1,000 ≡ 1000
50 cents ≡ $0.50
€5 ≡ 5 euros
18 eggs ≡ 18
18 duck eggs ≡ 18 eggs
5 N ≡ 5 \text{ newtons}
1 \text{ ft} ≡ 12 \text{ inches}
10 J ≡ 10 \text{ N m}
25 °C ≡ 25
seven apples ≡ 7
5 cm ≢ 5 mm
5 m ≢ 5 \text{ m}^2
5 cm ≢ 6 cm
5 m ≢ 5 s
2 hours ≢ 2 minutes
$18 ≢ $19
5 dollars ≢ 5 cents
3 kg ≢ 3 g
25 °C ≢ 25 °F
5 cm ≢ 0.5 mm
# percent and degrees
50% ≡ 50\%
50\% ≡ \frac{1}{2}
0.5 ≡ 50%
50 ≡ 50\%
12.5\% ≡ 1/8
50 percent ≡ 50%
30° ≡ 30^\circ
30^{\circ} ≡ 30
30 degrees ≡ 30^\circ
30° ≡ \frac{\pi}{6}
180° ≡ \pi
\sin 30° ≡ \frac12
\cos 60^\circ ≡ 0.5
\tan(45^\circ) ≡ 1
50% ≢ 5%
50 ≢ 0.5
50\% ≢ 0.05
30° ≢ \frac{\pi}{3}
30° ≢ 60°
\frac{\pi}{6} ≢ 30
\sin 30 ≢ \frac12
# bases, ratios, times
12_8 ≡ 12_{8}
101_2 ≡ 101_{\text{two}}
2A3_{16} ≡ 2a3_{16}
52_8 ≡ 52
3:4 ≡ 6:8
3:4 ≡ \frac34
1:2:3 ≡ 2:4:6
3 : 4 ≡ 3:4
3:30 p.m. ≡ 3:30 PM
12:45 ≡ 12:45
7 pm ≡ 7:00 p.m.
12_8 ≢ 12_9
12_8 ≢ 13_8
10_2 ≢ 2
3:4 ≢ 4:3
3:30 pm ≢ 3:30 am
3:30 ≢ 3:45
1:2:3 ≢ 1:3:2
# words and choices
Yes ≡ yes
\text{Yes} ≡ yes
No. ≡ no
True ≡ true
\text{east} ≡ East
(C) ≡ C
\text{(C)} ≡ C
\textbf{(C)} ≡ (C)
C. ≡ (C)
(C) 12 ≡ C
(C) 12 ≡ 12
\textbf{(C)}\ 12 ≡ \text{C}
the circle ≡ circle
Evelyn ≡ \text{Evelyn}
\text{ellipse} ≡ ellipse
\text{odd} ≡ odd
Yes ≢ No
(C) ≢ (D)
(C) 12 ≢ D
(C) 12 ≢ 13
east ≢ west
ellipse ≢ circle
infinity ≡ \infty
\infty ≢ -\infty
\infty ≢ 0
Yes ≢ 1
# textbook, olympiad
\frac{\sqrt{6}+\sqrt{2}}{4} ≡ \cos 15^\circ
\frac{1}{2}\ln 3 ≡ \ln\sqrt{3}
2^{2007}\cdot 3 ≡ 2^{2008}+2^{2007}
\frac{2^{10}-1}{2-1} ≡ 1023
\frac{(2n)!}{n!n!} ≡ \binom{2n}{n}
\sqrt{2+\sqrt{3}} ≡ \frac{\sqrt6+\sqrt2}{2}
\frac{\pi^2}{6} ≢ \frac{\pi^2}{8}
2^{2008} ≢ 2^{2007}
\frac{1}{3}\pi r^2h ≡ \frac{\pi r^2 h}{3}
v = \sqrt{2gh} ≡ \sqrt{2gh}
\frac{mv^2}{2} ≡ \frac12 mv^2
-\frac{b}{2a} ≡ \frac{-b}{2a}
x=\frac{-b\pm\sqrt{b^2-4ac}}{2a} ≡ \frac{-b+\sqrt{b^2-4ac}}{2a}, \frac{-b-\sqrt{b^2-4ac}}{2a}
e^{-x}\cos x ≡ \frac{\cos x}{e^x}
xe^x - e^x + C ≡ e^x(x-1) + C
\frac{x^3}{3}+C ≢ \frac{x^3}{3}
\frac{x^3}{3} + C ≢ \frac{x^2}{3}+C
10\sqrt{3}\text{ cm} ≡ \frac{30}{\sqrt3}
6\sqrt{2} ≢ 6\sqrt{3}
\frac{9}{7} ≢ \frac{7}{9}
1999 ≢ 1998
\frac{1}{\binom{52}{5}} ≡ \frac{1}{2598960}
\max(3,7) ≡ 7
\gcd(12,18) ≡ 6
# benchmark answers: fractions and radicals
\frac{3}{4} ≡ 0.75
0.75 ≡ \frac{3}{4}
\dfrac{\sqrt3}{2} ≡ \frac{\sqrt{3}}{2}
-\frac12 ≡ \frac{-1}{2}
-\frac{1}{2} ≡ -.5
3\frac{1}{2} ≡ 7/2
3 \frac{1}{2} ≡ \dfrac72
3\tfrac12 ≡ 3.5
\frac{-3}{-4} ≡ 0.75
\frac{ 14 }{ 3 } ≡ \frac{14}3
\frac{14}{3} ≡ 14/3
{\frac{14}{3}} ≡ \frac{14}{3}
\left(\frac{14}{3}\right) ≡ \frac{14}{3}
\displaystyle\frac{1}{3} ≡ \frac{1}{3}
\displaystyle{\frac{1}{3}} ≡ \frac{1}{3}
\frac{\sqrt{2}}{2} ≡ \frac{1}{\sqrt{2}}
\frac{5\sqrt{3}}{3} ≡ \frac{5}{\sqrt{3}}
\sqrt[3]{2} ≡ 2^{1/3}
\sqrt{\frac{1}{2}} ≡ \frac{\sqrt2}{2}
\sqrt{12} ≡ 2 \sqrt{3}
2 \sqrt {3} ≡ \sqrt{12}
\frac{3 + \sqrt{5}}{2} ≡ \frac{\sqrt5+3}{2}
\frac 1{12} ≡ \frac{1}{12}
\frac1{72} ≡ \frac{1}{72}
\frac {1}{2} ≡ 1/2
\frac{1}{2}. ≡ \frac{1}{2}
\left.\frac12\right. ≡ \frac12
2\cdot\frac{1}{3} ≡ \frac{2}{3}
2 \times \frac{1}{3} ≡ 2/3
0.\overline{27} ≡ \frac{3}{11}
3.\overline{6} ≡ \frac{11}{3}
0.1\overline{23} ≡ \frac{61}{495}
0.2\dot{3} ≡ \frac{7}{30}
\frac{56}{99} ≡ 0.\overline{56}
\frac{1}{3} ≢ 0.3\overline{4}
3\frac{1}{2} ≢ \frac{3}{2}
\frac{\sqrt{3}}{2} ≢ \frac{3}{2}
\frac{\sqrt{3}}{2} ≢ \sqrt{\frac{3}{2}}
\sqrt[3]{2} ≢ 3\sqrt{2}
\sqrt[3]{2} ≢ \sqrt{2}
-\frac12 ≢ \frac{1}{-(-2)}
# benchmark answers: money, units, percent, wrapped numbers
10\% ≡ 10
\$5.00 ≡ 5
5\text{ cm} ≡ 5
12,345 ≡ 12345
12{,}345 ≡ 12,345
1\,000\,000 ≡ 10^6
\$32{,}348 ≡ 32348
\$ 45 ≡ 45
\text{\$}45 ≡ 45
45\ \text{dollars} ≡ \$45
90^\circ ≡ 90
90^{\circ} ≡ 90^\circ
90\degree ≡ 90
60\text{ degrees} ≡ 60^\circ
864 \mbox{ inches}^2 ≡ 864
864\text{ square inches} ≡ 864
15\mbox{ cm}^2 ≡ 15
5.4 \text{ cents} ≡ 5.4
18\pi\text{ cm}^3 ≡ 18\pi
25\text{ mph} ≡ 25
3\text{ hours} ≡ 3
6 \text{ units} ≡ 6
1250\text{ meters} ≡ 1.25\text{ km}
9\text{ sq. units} ≡ 9
36 \text{ square units} ≡ 36
7\text{ a.m.} ≡ 7 am
x = 45^{\circ} ≡ 45
\angle A = 45^\circ ≡ 45
11\text{ minutes} ≡ 11
4\text{th} ≡ 4
4^{\text{th}} ≡ 4
\$1.50 \text{ per pound} ≡ 1.5
20\text{ students} ≡ 20
20 \; \text{students} ≡ 20
\text{20 students} ≡ 20
50\% ≡ 50\text{ percent}
.25\% ≡ 0.25\%
16\frac{2}{3}\% ≡ \frac{1}{6}
\frac{1}{2}\text{ mile} ≡ 0.5
\frac{3}{4} \text{ cup} ≡ 0.75 cups
2\pi r ≡ 2 \pi r
1.0 \times 10^{-3} ≡ 0.001
6.02\times10^{23} ≡ 6.02e23
6.02 \times 10^{23} ≡ 6.02 \cdot 10^{23}
1{,}000 \text{ km} ≡ 1000
5,\!000 ≡ 5000
2.0 ≡ 2
\mathbf{7} ≡ 7
\bm{7} ≡ 7
\boldsymbol{7} ≡ 7
\mathrm{7} ≡ 7
\textbf{7} ≡ 7
\underline{7} ≡ 7
\textcolor{red}{7} ≡ 7
\color{blue}{7} ≡ 7
{7} ≡ 7
\Large 7 ≡ 7
7\; ≡ 7
7\, ≡ 7
\,7 ≡ 7
7~ ≡ 7
~7 ≡ 7
7 \quad ≡ 7
**$7$** ≡ 7
*7* ≡ 7
\(7\). ≡ 7
$7$. ≡ 7
$$7$$ ≡ 7
$\boxed{7}$ ≡ 7
=7 ≡ 7
≈7 ≡ 7
\approx 3.14 ≡ 3.14
10\% ≢ 1
\$5.00 ≢ 500
5\text{ cm} ≢ 6
6.02\times10^{23} ≢ 6.02\times10^{22}
18\pi\text{ cm}^3 ≢ 18
4\text{th} ≢ 5
90^\circ ≢ 45^\circ
12,345 ≢ 12.345
# benchmark answers: tuples, sets, lists
(1,2),(3,4) ≡ (3,4),(1,2)
(1,2), (3,4) ≡ \{(1,2),(3,4)\}
(-1, 6), (2,0) ≡ (2,0) \text{ and } (-1,6)
1,2,3 ≡ \{1,2,3\}
1,2,3 ≡ 3,2,1
1, 2, \text{ and } 3 ≡ 1,2,3
1, 2, and 3 ≡ 1,2,3
x=1, y=2 ≡ (1,2)
(x,y)=(1,2) ≡ (1,2)
(x, y) = (1, 2) ≡ x=1, y=2
(a,b,c) = (1,2,3) ≡ (1,2,3)
x=1 \text{ and } y=2 ≡ (1,2)
x = 1,\; y = 2 ≡ (1, 2)
\pm 3 ≡ 3, -3
x=\pm3 ≡ \{-3,3\}
-3 \text{ or } 3 ≡ \pm 3
\left\{-3, 3\right\} ≡ \pm 3
\{ -3 , 3 \} ≡ 3,-3
\lbrace -3, 3 \rbrace ≡ 3, -3
x\in\{1,2\} ≡ 1,2
x \in \{1, 2\} ≡ \{2, 1\}
S = \{1,2\} ≡ \{1,2\}
x_1 = 1, x_2 = 2 ≡ 1, 2
x_1=1,\ x_2=2 ≡ 2, 1
a=1,b=2,c=3 ≡ (1,2,3)
1 and 2 ≡ 1,2
1 or 2 ≡ 1,2
1;2 ≡ 1,2
1,-2 ≡ -2,1
[1,2,3] ≡ (1,2,3)
\left(-2, \frac{1}{2}\right) ≡ (-2,0.5)
\left( 3, \frac{\pi}{2} \right) ≡ (3,\pi/2)
(-\frac12, 3) ≡ \left(-\frac{1}{2},3\right)
\begin{pmatrix}1\\2\end{pmatrix} ≡ \begin{bmatrix}1\\2\end{bmatrix}
\begin{pmatrix} -1/3 \\ 2/3 \\ 5/3 \end{pmatrix} ≡ \begin{pmatrix} -\frac{1}{3} \\ \frac{2}{3} \\ \frac{5}{3} \end{pmatrix}
\left(\begin{array}{c} 1 \\ 2 \end{array}\right) ≡ \begin{pmatrix}1\\2\end{pmatrix}
\left[\begin{matrix}1 & 2\\3 & 4\end{matrix}\right] ≡ \begin{pmatrix}1&2\\3&4\end{pmatrix}
\left[\begin{array}{ll}1 & 2\\3 & 4\end{array}\right] ≡ \begin{pmatrix}1&2\\3&4\end{pmatrix}
\begin{bmatrix}1&2\\3&4\end{bmatrix} ≡ [[1,2],[3,4]]
A = \begin{pmatrix}1&2\\3&4\end{pmatrix} ≡ \begin{pmatrix}1&2\\3&4\end{pmatrix}
2\mathbf{i} + 3\mathbf{j} ≡ 2\mathbf{i}+3\mathbf{j}
\frac{1}{2}\begin{pmatrix}2\\4\end{pmatrix} ≡ \begin{pmatrix}1\\2\end{pmatrix}
\begin{pmatrix}1\\2\end{pmatrix} ≢ \begin{pmatrix}1\\3\end{pmatrix}
\begin{vmatrix}1&2\\3&4\end{vmatrix} ≡ -2
\det\begin{pmatrix}1&2\\3&4\end{pmatrix} ≡ -2
(1,2),(3,4) ≢ (1,3),(2,4)
x=1,y=2 ≢ (2,1)
1,2,3 ≢ 1,2
\{1,2,3\} ≢ 1,2,4
[1,2,3] ≢ (1,3,2)
x_1=1,x_2=2 ≢ 1,3
1,2 ≢ 12
\pm 3 ≢ -3
# benchmark answers: intervals, inequalities, domains
x \in (-\infty,2]\cup[3,\infty) ≡ (-\infty, 2] \cup [3, \infty)
x\le 2 \text{ or } x\ge 3 ≡ (-\infty, 2] \cup [3, \infty)
(-\infty,2] \cup [3,+\infty) ≡ (-\infty, 2] \cup [3, \infty)
\left(-\infty, 2\right] \cup \left[3, \infty\right) ≡ (-\infty, 2] \cup [3, \infty)
(3, \infty) ≡ x>3
x > 3 ≡ (3, \infty)
3<x ≡ x>3
-2<x<3 ≡ (-2,3)
x\in(-2,3) ≡ (-2,3)
-2 < x \text{ and } x < 3 ≡ (-2,3)
(-2,3) ≡ \left( -2, 3 \right)
[0,1)\cap(\frac12,2] ≡ (\frac12, 1)
[0,5]\cap[3,8] ≡ [3,5]
\mathbb{R}\setminus\{0,1\} ≡ (-\infty,0)\cup(0,1)\cup(1,\infty)
x\neq 0,1 ≡ (-\infty,0)\cup(0,1)\cup(1,\infty)
x \ne 0 \text{ and } x\ne 1 ≡ \mathbb{R} \setminus \{0,1\}
\mathbb R ≡ (-\infty,\infty)
\text{all real numbers} ≡ (-\infty,\infty)
k\geq 4 ≡ [4,\infty)
0 \le a \leq 1 ≡ a\in[0,1]
(0,1) \cup (1,2) ≢ (0,2)
x \in (-\infty,2)\cup[3,\infty) ≢ (-\infty, 2] \cup [3, \infty)
[-2,3] ≢ (-2,3)
x>3 ≢ x<3
# benchmark answers: formulas and equations
y=3x+2 ≡ 3x+2
3x+2 ≡ y = 3x+2
y-2=3(x-0) ≡ y=3x+2
3x - y + 2 = 0 ≡ y=3x+2
f(x)=x^2+1 ≡ x^2+1
f(x) = x^2+1 ≡ f(x)=1+x^2
p(x)=(x-1)(x+2) ≡ x^2+x-2
f^{-1}(x) = \frac{x-1}{2} ≡ \frac{x-1}{2}
x^2 + y^2 = 4 ≡ x^2+y^2-4=0
(x-1)^2+(y+2)^2=9 ≡ x^2-2x+y^2+4y-4=0
\frac{x^2}{4}+\frac{y^2}{9}=1 ≡ 9x^2+4y^2=36
6x^2 + 7x - 20 ≡ (3x-4)(2x+5)
(2x+5)(3x-4) ≡ (3x-4)(2x+5)
-2(x-3)(x+1) ≡ 2(3-x)(x+1)
\log_2 8 ≡ 3
\log_{2}{8} ≡ 3
\log_{3}(x) ≡ \frac{\ln x}{\ln 3}
\lg 1000 ≡ 3
5! ≡ 120
C(5,2) ≡ 10
C_5^2 ≡ 10
{5 \choose 2} ≡ 10
\binom52 ≡ 10
{}_5C_2 ≡ 10
^5C_2 ≡ 10
\dbinom{5}{2} ≡ 10
2^{2n} ≡ 4^n
\frac{n^2-n}{2} ≡ \binom{n}{2}
\frac{n!}{(n-2)!} ≡ n(n-1)
\sin^2\theta ≡ 1-\cos^2\theta
e^{\ln 5} ≡ 5
\exp(2) ≡ e^2
|x-3| ≡ |3-x|
\lvert x - 3 \rvert ≡ |x-3|
a^2 - b^2 ≡ (a-b)(a+b)
\frac{a}{b}+\frac{c}{d} ≡ \frac{ad+bc}{bd}
\sqrt{x^2+y^2} ≡ (x^2+y^2)^{1/2}
4x^{3}y ≡ 4yx^3
\frac{\mathrm{d}y}{\mathrm{d}x}=2x ≡ 2x
\frac{dy}{dx} = 2x ≡ 2x
y' = 2x ≡ 2x
y(x)=Ce^{2x} ≡ y = C e^{2x}
2x+C ≡ C+2x
x^2 + c ≡ x^2 + C
\begin{cases} x=1 \\ y=2 \end{cases} ≡ (1,2)
\begin{cases} x = 1, \\ y = 2. \end{cases} ≡ x=1, y=2
\left\{\begin{array}{l}x=1 \\ y=2\end{array}\right. ≡ (1,2)
\begin{aligned} x&=1 \\ y&=2\end{aligned} ≡ (1,2)
\log_2 8 ≢ 2
y=3x+2 ≢ y=3x-2
x^2+y^2=4 ≢ x^2+y^2=2
(3x-4)(2x+5) ≢ 6x^2+7x+20
C(5,2) ≢ 20
\frac{n!}{(n-2)!} ≢ n(n+1)
# benchmark answers: complex, bases, ratios, dates and times
3 + 4i ≡ 3+4i
-\frac{1}{2} + \frac{\sqrt3}{2}i ≡ \frac{-1+i\sqrt3}{2}
\cos 60^\circ + i \sin 60^\circ ≡ \frac{1}{2}+\frac{\sqrt{3}}{2}i
2e^{i\pi/3} ≡ 1+\sqrt3 i
\sqrt{-9} ≡ 3i
5e^{\frac{i\pi}{2}} ≡ 5i
3:4 ≡ 3/4
3:4 ≡ \frac{3}{4}
3 \text{ to } 4 ≡ 3:4
3 to 4 ≡ 3:4
1:\sqrt{2} ≡ \sqrt{2}:2
2: 3 ≡ 2:3
204_5 ≡ 204_{5}
204_{5} ≡ 204
1011_{2} ≡ 1011_2
4210_{5} ≡ 4210_{\text{five}}
AB_{16} ≡ \text{AB}_{16}
3:30 ≡ 3:30
10:30 \text{ a.m.} ≡ 10:30 AM
10\!:\!30 ≡ 10:30
5:00 \text{ p.m.} ≡ 5 pm
\text{Monday} ≡ Monday
\text{March 5} ≡ March 5
March 5 ≡ March 5th
5 March ≡ March 5
\text{Friday} ≡ friday
Friday ≢ Sunday
March 5 ≢ March 6
3:4 ≢ 3:5
10:30 am ≢ 10:30 pm
204_5 ≢ 203_5
# benchmark answers: choices, words, names
\text{(B)} ≡ B
\text{B} ≡ (B)
\textbf{(B)} ≡ B
\textbf{(B) }12 ≡ B
\textbf{(B)} ~12 ≡ B
(B) ≡ \text{(B)}
B) ≡ B
B ≡ (B)
b ≡ B
(b) ≡ (B)
Option B ≡ B
B: 12 ≡ B
B) 12 km ≡ B
[B] ≡ B
\mathrm{(B)} ≡ B
\mathrm{B} ≡ B
\mathbf{B} ≡ B
\boxed{\textbf{B}} ≡ B
\text{Evelyn} ≡ Evelyn
\boxed{\text{Evelyn}} ≡ \text{Evelyn}
\text{evelyn} ≡ \text{Evelyn}
\text{ellipse} ≡ \text{Ellipse}
\text{an ellipse} ≡ ellipse
\text{circle} ≡ \text{a circle}
\text{even} ≡ even
\text{neither} ≡ Neither
\text{None} ≡ none
\text{no solution} ≡ \text{No solution}
\text{no real solutions} ≡ \text{no solution}
\text{DNE} ≡ \text{does not exist}
\text{undefined} ≡ \text{Undefined}
\text{Yes} ≡ \text{True}
\text{True} ≡ \text{T}
A, C ≡ C, A
\text{A, C} ≡ A,C
A, B, C ≡ \text{A, B, C}
ABD ≡ A, B, D
\text{B} ≢ \text{C}
(B) ≢ (C)
\text{Evelyn} ≢ \text{Debra}
\text{ellipse} ≢ \text{hyperbola}
A, C ≢ A, B
# math verification corner cases
1/3 ≡ \frac{1}{3}
-1/3 ≡ -\frac{1}{3}
(1)/(3) ≡ \frac{1}{3}
1 / 3 ≡ 1/3
x^2 + 2*x + 1 ≡ (x+1)^2
2*x**2 ≡ 2x^2
sqrt(2)/2 ≡ \frac{\sqrt2}{2}
pi/4 ≡ \frac{\pi}{4}
3*pi ≡ 3\pi
3pi ≡ 3\pi
oo ≡ \infty
exp(x)*sin(x) ≡ e^x\sin x
-5*t**2 + 3 ≡ 3-5t^2
2*(x - 1)**2*(x + 3) ≡ 2(x-1)^2(x+3)
-2/7, 3 ≡ 3, -2/7
0.5, 1 ≡ 1, 1/2
14/3 ≡ 4\frac{2}{3}
1.23e-4 ≡ 0.000123
\infty ≡ +\infty
\frac{\pi}{2}+k\pi, k\in\mathbb{Z} ≡ \frac{\pi}{2}+k\pi
x = \frac{\pi}{4} + k\pi, k \in \mathbb{Z} ≡ \frac{\pi}{4}+k\pi
2k\pi ≡ 2\pi k
\frac{1}{2}\,\mathrm{J} ≡ 0.5
9.8\,\mathrm{m/s^2} ≡ 9.8\ \mathrm{m}/\mathrm{s}^{2}
9.8 \mathrm{~m} \mathrm{~s}^{-2} ≡ 9.8 m/s^2
3 \times 10^8 \mathrm{~m/s} ≡ 3e8
4.5e33 ≡ 4.5 \times 10^{33}
\frac{m g}{k} ≡ mg/k
\sqrt{\frac{2 G M}{R}} ≡ \sqrt{2GM/R}
m_{1}+m_{2} ≡ m_1+m_2
\frac{1}{2} m v^{2} ≡ \frac{mv^2}{2}
E=mc^2 ≡ mc^2
\hbar\omega ≡ \omega\hbar
\dot{x} ≡ \dot{x}
\vec{F} = m\vec{a} ≡ m\vec{a}
x_0 e^{-t/\tau} ≡ e^{-\frac{t}{\tau}}x_0
\frac{1}{4\pi\epsilon_0} ≡ \frac{1}{4 \pi \epsilon_{0}}
\varepsilon ≢ \omega
I_0 ≢ I_1
mg ≢ 2mg
\frac{\pi}{4} + k\pi ≢ \frac{\pi}{4}+2k\pi
1.23e-4 ≢ 1.23e-5
# finite sums, antiderivatives
\sum_{k=1}^{10} k ≡ 55
\prod_{k=1}^{5} k ≡ 120
\frac{x^3}{3}+C ≡ \frac{x^3+3}{3}+C
\ln|x|+C ≡ \ln(2x)+C
\frac{1}{2}\sin^2 x + C ≡ -\frac14\cos 2x + C
\frac{x^2}{2} ≢ x^2
\sum_{k=1}^{10} k ≢ 45
# word problems, multiple choice and other tables
9 ≡ 9 (apples)
9.0 ≡ 9 (apples)
8 ≢ 9 (apples)
145 ≡ 145.0
a ) 38 ≡ a
a ) 38 ≡ 38
c ) 18 ≡ C
A)21 ≡ A
E)14.2 ≡ E
E)14.2 ≡ 14.2
B)$5.00 ≡ B
D) 3/4 ≡ D
\text{A} ≡ A
A. 21 ≡ A
(A) \frac{1}{2} ≡ A
(A)\ \frac{1}{2} ≡ \frac12
-2*j**3 + 5*j ≡ 5j-2j^3
28/9, -1/2 ≡ -1/2, 28/9
3*(g - 2)*(g + 1)**2 ≡ 3(g-2)(g+1)^2
0.0002 ≡ 2e-4
9:45 PM ≡ 9:45 pm
-1.5 ≡ -3/2
$2,5$ ≡ 5,2
$(1,2)$, $(2,1)$ ≡ (2,1),(1,2)
$\frac{1}{2}$, $2$ ≡ 2, 0.5
41.8 \mathrm{~degrees} ≡ 41.8
5.3e6 ≡ 5300000
10,\!080 ≡ 10080
1 \pm \sqrt{19} ≡ 1+\sqrt{19}, 1-\sqrt{19}
\left( \frac{3}{5}, \frac{8}{3} \right] ≡ (0.6, \frac83]
99^\circ C ≡ 99
3R^2 ≢ 3r^2
\frac{270}7\text{ degrees} ≡ \frac{270}{7}
8 \text{ sq inches} ≡ 8
120 \text{ ways} ≡ 120
Rs. 500 ≡ 500
Rs 500 ≡ 500
500 rupees ≡ 500
72 km/hr ≡ 72
72 kmph ≡ 72
30 sec ≡ 30
12 days ≡ 12
12 1/2 % ≡ 12.5
33 1/3 % ≡ 100/3
12.5 % ≡ 12.5
1 : 3 ≡ 1:3
3 : 5 : 7 ≡ 3:5:7
4 hrs ≡ 4
4 hours 30 minutes ≡ 4.5 hours
5 ft 6 in ≡ 66 inches
1/13 ≡ \frac{1}{13}
10^3 ≡ 1000
None of these ≡ none of these
cannot be determined ≡ Cannot be determined
Not enough information ≡ not enough information
the third quadrant ≡ third quadrant
Thursday ≡ thursday
blue ≡ Blue
Alice and Bob ≡ Bob and Alice
\text{(A)}, \text{(C)} ≡ A, C
(A) and (C) ≡ A,C
I and II ≡ II and I
I, II ≢ I and III
2\sqrt{3} \text{ and } -2\sqrt{3} ≡ \pm 2\sqrt{3}
x = 2 \text{ or } 3 ≡ 2, 3
x=2,3 ≡ \{2,3\}
x = 2; x = 3 ≡ 2, 3
n = 7k + 3 ≡ 7k+3
n \equiv 3 \pmod{7} ≡ 3 \pmod{7}
3 \bmod 7 ≡ 3
2^{1009} - 1 ≡ 2^{1009}-1
2^{1009} - 1 ≢ 2^{1009}+1
\frac{2017 \cdot 2018}{2} ≡ 2035153
\sqrt{2017} ≢ \sqrt{2018}
\frac{\sqrt{2}}{4} a ≡ \frac{a\sqrt2}{4}
\frac{(n+1)(n+2)}{2} ≡ \binom{n+2}{2}
\tan^{-1}\frac{3}{4} ≡ \arctan\left(\frac34\right)
\arccos\frac{3}{5} ≡ \arcsin\frac{4}{5}
\log_{10} 2 ≡ \frac{\ln 2}{\ln 10}
\ln \frac{1}{2} ≡ -\ln 2
\log_2 3 \cdot \log_3 4 ≡ 2
0.12 \overline{34} ≡ 0.12\overline{34}
0.9\overline{9} ≡ 1
-0 ≡ 0
+7 ≡ 7
(7) ≡ 7
[7] ≡ 7
\{7\} ≡ 7
(-\infty, \infty) ≡ \mathbb{R}
(0, \pi) \cup (\pi, 2\pi) ≡ (0,\pi)\cup(\pi,2\pi)
a > \frac{1}{4} ≡ (\frac14, \infty)
-1 \le m < 3 ≡ [-1, 3)
m\in[-1,3) ≡ -1\leqslant m<3
\{x|1<x<2\} ≡ (1,2)
\{x \mid x \le 1 \text{ or } x \ge 2\} ≡ (-\infty,1]\cup[2,+\infty)
\left\{x \,\middle|\, x>1\right\} ≡ (1,\infty)
\{-1, 0, 1\} ≡ \{0, \pm 1\}
0, \pm 1 ≡ -1, 0, 1
\varnothing ≡ \emptyset
\left(1, 0\right), \left(0, 1\right) ≡ (0,1),(1,0)
(1,0),(0,1) ≢ (1,0),(1,1)
# more writings of one answer
\frac{3\pi}{4} ≡ 3\pi/4
\frac{3}{4}\pi ≡ 0.75\pi
\frac{1}{4} + \frac{1}{3} ≡ \frac{7}{12}
x^{2}-5x+6=0 ≡ (x-2)(x-3)=0
\sqrt{2}\sqrt{3} ≡ \sqrt{6}
\sqrt[5]{32} ≡ 2
\sqrt {2} ≡ 2^{\frac{1}{2}}
\frac{1}{\sqrt[3]{4}} ≡ \frac{\sqrt[3]{2}}{2}
(\frac{2}{3})^{10} ≡ \frac{1024}{59049}
1-\left(\frac{5}{6}\right)^4 ≡ \frac{671}{1296}
\frac{671}{1296} ≡ 0.5177
0.5177 ≢ \frac{671}{1296}
\frac{1}{2}(e^2-1) ≡ \frac{e^2-1}{2}
e^{-2}-1 ≡ \frac{1}{e^2}-1
1 - \frac{1}{e} ≡ \frac{e-1}{e}
\frac{\ln 2}{\ln 3} ≡ \log_3 2
\log_{4}(x^2) ≢ \log_2 (x^2)
2 \ln 2 - 1 ≡ \ln 4-1
-\ln(\frac{1}{2}) ≡ \ln 2
\ln(\sqrt{2}+1) ≡ -\ln(\sqrt2-1)
\frac{1}{2} \ln \left(\frac{1+x}{1-x}\right) ≡ \frac{\ln(1+x)-\ln(1-x)}{2}
\sin\left(\frac{\pi}{6}\right) ≡ 0.5
\cos(\pi) ≡ -1
\cos\frac{2\pi}{3} ≡ -\frac12
\tan\frac{\pi}{3} ≡ \sqrt3
\tan 15^\circ ≡ 2-\sqrt{3}
\cot x ≡ \frac{1}{\tan x}
\sin(x+y) ≡ \sin x\cos y+\cos x\sin y
\sin^{-1}\frac12 ≡ 30^\circ
\arctan(\frac{1}{2}) + \arctan(\frac13) ≡ \frac{\pi}{4}
\sin x ≢ \sin(x+\pi)
2\sin x\cos x ≢ \sin x
60^\circ ≡ \frac{\pi}{3}
120^{\circ} ≢ 60^{\circ}
3 - 4i ≢ -3+4i
|1+i| ≡ \sqrt2
\overline{3+4i} ≡ 3-4i
z = 2 - i ≡ 2-i
z=\pm i ≡ i, -i
(2+i)(3-i) ≡ 7+i
\frac{a+b\sqrt{c}}{d} ≡ \frac{a}{d}+\frac{b\sqrt{c}}{d}
S_n = n^2 ≡ n^2
a_n = 2n - 1 ≡ 2n-1
a_n=2^n ≢ 2^{n-1}
a_{n} = 3 \cdot 2^{n-1} ≡ \frac{3}{2}2^n
f(n) = n + 1 ≡ n+1
f(x) = 0, f(x) = x ≡ f(x)=x, f(x)=0
f(x) \equiv 0 ≡ 0
P(x) = x^3 ≢ x^2
\text{The answer is } 5 ≡ 5
\text{Answer: } 5 ≡ 5
x \approx 2.35 ≡ 2.35
about 5 ≡ 5
approximately 3.2 ≡ 3.2
5 \text{ or more} ≢ 4
-\infty ≡ -\infty
+\infty ≢ -\infty
\text{infinitely many} ≡ infinitely many
infinitely many solutions ≡ \text{infinitely many solutions}
\text{one} ≡ 1
two ≡ 2
\text{two} ≢ 3
zero ≡ 0
1st ≡ 1
2nd ≡ 2
\frac{1}{3} \approx 0.33 ≡ \frac{1}{3}
3.0 ≡ 3
2.50 ≡ 2.5
\$2.50 ≡ 2.5
2.50 dollars ≡ \$2.5
\pounds 5 ≡ 5
£5 ≡ 5
¥100 ≡ 100
5 million ≡ 5000000
\$3.2 \text{ million} ≡ 3200000
1.2 billion ≡ 1200000000
3 dozen ≡ 36
five hundred ≡ 500
100,000,000 ≡ 10^8
1,2,3,4,5 ≡ \{1,2,3,4,5\}
1,234,567 ≡ 1234567
(1,234) ≡ (1,234)
1, 234 ≢ 1234
100{,}000 ≢ 10000
0.1 ≢ 0.01
1/7 ≡ 0.142857142857...
(3, 5) ≢ [3, 5]
(3, 5) ≢ (3, 6)
3 < x < 5 ≡ (3, 5)
3 < x < 5 ≢ [3, 5]
x < 3 or x > 5 ≡ (-\infty,3) \cup (5,\infty)
x\leq-2\text{ or }x\geq3 ≡ (-\infty,-2]\cup[3,\infty)
x \in (-\infty, -1) \text{ or } x\in(1,\infty) ≡ (-\infty,-1)\cup(1,\infty)
\left[-\frac{\pi}{2}, \frac{\pi}{2}\right] ≡ [-\pi/2, \pi/2]
\left(-\infty,\frac{1}{2}\right)\cup\left(\frac12,\infty\right) ≡ x\neq\frac12
(-\infty, 0) \cup (0, \infty) ≡ \mathbb{R} \setminus \{0\}
(-\infty, 0) \cup (0, \infty) ≡ \mathbb{R} - \{0\}
\mathbb{R}\backslash\{0\} ≡ x\ne0
\mathbb{R}^+ ≡ (0,\infty)
\{x \in \mathbb{R} : x \geq 2\} ≡ [2,\infty)
\{x \in \mathbb{R} \mid x \neq 1\} ≡ x \ne 1
\{2k : k \in \mathbb{Z}\} ≡ \{2k : k \in \mathbb{Z}\}
x=k\pi,k\in\mathbb Z ≡ k\pi
x = 2, y = -1, z = 3 ≡ (2, -1, 3)
(x, y, z) = (2, -1, 3) ≡ (2,-1,3)
(p,q)=(2,3) \text{ or } (3,2) ≡ (2,3),(3,2)
\left(x,y\right)=\left(1,2\right),\left(2,1\right) ≡ (1,2),(2,1)
(m, n) = (1, 1), (2, 5) ≢ (1,1),(2,6)
A=1, B=2 ≢ A=2,B=1
\begin{pmatrix} 1 & 0 \\ 0 & 1 \end{pmatrix} ≢ \begin{pmatrix} 0 & 1 \\ 1 & 0 \end{pmatrix}
\begin{Bmatrix} 1 \\ 2 \end{Bmatrix} ≡ (1,2)
\begin{bmatrix} 1 \\ -2 \\ 3 \end{bmatrix} ≡ \left[\begin{array}{r} 1 \\ -2 \\ 3 \end{array}\right]
\begin{pmatrix} \cos\theta & -\sin\theta \\ \sin\theta & \cos\theta \end{pmatrix} ≡ \begin{bmatrix} \cos \theta & -\sin \theta \\ \sin \theta & \cos \theta \end{bmatrix}
\langle 1,-2,3\rangle ≡ \begin{pmatrix}1\\-2\\3\end{pmatrix}
(1,2)^T ≡ \begin{pmatrix}1\\2\end{pmatrix}
\begin{cases} x^2 & \text{if } x > 0 \\ 0 & \text{otherwise} \end{cases} ≡ \begin{cases} x^2, & x>0 \\ 0, & \text{otherwise}\end{cases}
\begin{cases} x^2 & x > 0 \\ 0 & x\le 0 \end{cases} ≢ \begin{cases} x^3 & x>0 \\ 0 & x\le0\end{cases}
4x^2+9y^2-36=0 ≡ \frac{x^2}{9}+\frac{y^2}{4}=1
y=\frac{1}{2}x-3 ≡ x-2y=6
y=\frac12x-3 ≢ x-2y=-6
y-1=2(x-1) ≡ y=2x-1
x = y^2 ≢ y=x^2
r=2\cos\theta ≡ 2\cos\theta
y = e^x ≡ e^x
v=9.8t ≡ 9.8t
F = 5 \text{ N} ≡ 5 N
v = 12 \text{ m/s} ≡ 12
12 \text{ m/s} ≡ 12\ \frac{\text{m}}{\text{s}}
12\ \mathrm{m\,s^{-1}} ≡ 12\text{ m/s}
5 \text{ kg} \cdot \text{m/s}^2 ≡ 5 \text{ N}
5 \times 10^{-19} \text{ J} ≡ 5e-19
3.0\times 10^{8}\ \text{m/s} ≢ 3.0\times10^{7}\ \text{m/s}
100 \text{ °C} ≡ 100
25^{\circ}\mathrm{C} ≡ 25
300 \text{ K} ≡ 300
15 \text{ km}^2 ≢ 15 \text{ km}
4\text{ hr} ≡ 240\text{ min}
4\text{ hr} ≢ 24\text{ min}
0.5\text{ L} ≡ 500\text{ mL}
1 \text{ mile} ≢ 1 \text{ km}
50\text{ cents} ≢ 50\text{ dollars}
30\% ≡ 0.3
30\% ≢ 3
150\% ≡ 1.5
5:3 ≢ 3:5
2:3:5 ≢ 2:5:3
1:4 ≡ \frac{1}{4}
8:15 am ≢ 8:15 pm
8:15\text{ AM} ≡ 8:15 a.m.
1101_2 ≢ 1011_2
1A_{16} ≢ 1B_{16}
\text{Tuesday} ≢ \text{Thursday}
July 4 ≢ July 14
July 4, 1776 ≡ 4 July 1776
4th of July ≡ July 4
\text{no} ≢ \text{yes}
true ≢ false
odd ≢ even
neither ≢ both
\text{(E)} ≢ \text{(D)}
(D) 15 ≢ (E) 15
D ≢ E
A, B ≢ A, B, C
AB ≡ A, B
BC ≢ A, B
Smith ≢ Jones
\text{parabola} ≢ \text{circle}
$12$ apples ≡ 12
\boxed{3} ≢ 4
`;
